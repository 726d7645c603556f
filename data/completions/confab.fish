# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later

complete -c confab -f
complete -c confab -l export -x -a '(__fish_complete_directories)' -d 'Export all conversations into a folder'
complete -c confab -s n -l new-conversation -x -d 'Open the conversation with a person or a group'
complete -c confab -s s -l send-to -x -d 'Write a text to a person or a group'
complete -c confab -s q -l quit -d 'Quit, also when it runs in the background'
complete -c confab -s v -l version -d 'Print the version'
complete -c confab -s h -l help -d 'Print the options'
