# Completion for privet in bash, and in zsh behind `autoload bashcompinit && bashcompinit`. Words and options come from the program.
_privet()
{
    local word=${COMP_WORDS[1]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} choices
    if [ "$COMP_CWORD" -eq 1 ]; then
        choices=$(privet --words | grep -v ' ')
    elif privet --words | grep -q "^$word $previous [A-Z]"; then
        choices=''
    elif [ "$word" = explain ] && [ "${current#-}" = "$current" ]; then
        choices=$(privet explain)
    else
        choices=$(privet --words | sed -n "s/^$word \\(--[a-z-]*\\).*/\\1/p")' --help'
        [ "${current#-}" != "$current" ] || choices=''
    fi
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
    [ -n "$choices" ] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _privet privet
