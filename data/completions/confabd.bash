# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later

_confabd ()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=

    # "=" is a word of its own.
    [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
    [ "$current" != = ] || current=
    case $previous in
        --config | -c) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --role | -r | --like | -l) words='user moderator admin' ;;
        --label | --seed | -s | --until | -u) return ;;
    esac
    if [ -z "$words" ]; then
        case "$COMP_CWORD ${COMP_WORDS[*]:1:2}" in
            '1 '*) words='serve user role check backup sample --help --version' ;;
            '2 user '*) words='add list set-role set-password reset-code suspend restore' ;;
            '2 role '*) words='add list' ;;
            *' user add') words='--role -r' ;;
            *' role add') words='--like -l --label' ;;
            *' sample'*) words='--seed -s --until -u' ;;
            *' backup'*) [[ $current = -* ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
        esac
        [ "$COMP_CWORD" = 1 ] || [[ $COMP_CWORD = 2 && ${COMP_WORDS[1]} = @(user|role) ]] \
            || words+=' --config -c --help -h'
    fi
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -o filenames -F _confabd confabd
