# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later

_confab ()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}

    # "=" is a word of its own.
    [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
    [ "$current" != = ] || current=
    case $previous in
        --new-conversation | --send-to | -n | -s) COMPREPLY=() ;;
        --export) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
        *) mapfile -t COMPREPLY < <(compgen -W '--export --new-conversation --send-to --quit --version --help -n -s -q -v -h' -- "$current") ;;
    esac
}

complete -o filenames -F _confab confab
