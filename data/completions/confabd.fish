# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Whether one of the two-word commands that begin with this word still lacks its second word.
function __confabd_lacks_second
    set -l words (commandline -opc)
    test (count $words) = 2; and test "$words[2]" = $argv[1]
end

# Whether the command is this one.
function __confabd_is
    set -l words (commandline -opc)
    test (count $words) -gt (count $argv); and test "$words[2..(math (count $argv) + 1)]" = "$argv"
end

complete -c confabd -f
complete -c confabd -n __fish_use_subcommand -a serve -d 'Run the server'
complete -c confabd -n __fish_use_subcommand -a user -d 'Manage people'
complete -c confabd -n __fish_use_subcommand -a role -d 'Manage roles'
complete -c confabd -n __fish_use_subcommand -a check -d 'Check the database for damage'
complete -c confabd -n __fish_use_subcommand -a backup -d 'Copy the database to a file'
complete -c confabd -n __fish_use_subcommand -a sample -d 'Fill an empty server with sample data'
complete -c confabd -n __fish_use_subcommand -l version -d 'Print the version'

complete -c confabd -n '__confabd_lacks_second user' -a add -d 'Add a person'
complete -c confabd -n '__confabd_lacks_second user' -a list -d 'List all people'
complete -c confabd -n '__confabd_lacks_second user' -a set-role -d 'Change a person’s role'
complete -c confabd -n '__confabd_lacks_second user' -a set-password -d 'Set a person’s password'
complete -c confabd -n '__confabd_lacks_second user' -a reset-code -d 'Issue a code for a new password'
complete -c confabd -n '__confabd_lacks_second user' -a suspend -d 'Suspend a person'
complete -c confabd -n '__confabd_lacks_second user' -a restore -d 'Let a suspended person sign in again'
complete -c confabd -n '__confabd_lacks_second role' -a add -d 'Add a role'
complete -c confabd -n '__confabd_lacks_second role' -a list -d 'List all roles'

complete -c confabd -n '__confabd_is user add' -s r -l role -x -a 'user moderator admin' -d 'What the person may do'
complete -c confabd -n '__confabd_is role add' -s l -l like -x -a 'user moderator admin' -d 'What it permits'
complete -c confabd -n '__confabd_is role add' -l label -x -d 'What people call it'
complete -c confabd -n '__confabd_is backup' -F
complete -c confabd -n '__confabd_is sample' -s s -l seed -x -d 'Another number, other conversations'
complete -c confabd -n '__confabd_is sample' -s u -l until -x -d 'The day after the last message'

complete -c confabd -s c -l config -r -F -d 'The configuration'
complete -c confabd -s h -l help -d 'Print help'
