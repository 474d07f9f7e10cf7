# Completion of make in this checkout: its targets, their variables, and what these may be. For bash, and for zsh:
#   bash  source scripts/completion.bash
#   zsh   autoload -Uz compinit bashcompinit && compinit && bashcompinit && source scripts/completion.bash
# In other folders make is completed as before.
# shellcheck shell=bash

_wealth_companion_make() {
  local current=${COMP_WORDS[COMP_CWORD]} variable='' prefix='' words='' target word

  if ! grep -qs '^# Everything a person does with the stack' Makefile; then
    if declare -F _make > /dev/null; then _make "$@"; fi
    return
  fi

  # bash makes three words of KEY=value, zsh one
  if [[ $current == *?=* ]]; then
    variable=${current%%=*} prefix="${current%%=*}=" current=${current#*=}
  elif [[ $current == = ]]; then
    variable=${COMP_WORDS[COMP_CWORD - 1]} current=''
  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
    variable=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  for word in "${COMP_WORDS[@]:1}"; do
    [[ $word =~ ^[a-z-]+$ ]] && grep -q "^$word:" Makefile && target=$word
  done

  case $variable in
    KEY) words=$(sed -nE 's/^  (vault_[a-z_]+): \{way.*/\1/p' roles/rotation/vars/main.yml) ;;
    SERVICE) words="frontend backend mcp-server migrations database $(sed -nE '/^  members:/,/^[^ ]/s/^    ([a-z-]+):.*/\1/p' charts/wealth-companion/values.yaml)" ;;
    INVENTORY) words=$(for word in inventory/*/hosts.yml; do basename "${word%/hosts.yml}"; done) ;;
    SINCE) words='1m 10m 1h' ;;
    FINISH | FOLLOW) words=1 ;;
    CONFIRM) words=yes ;;
    FILE)
      COMPREPLY=()
      while IFS= read -r word; do COMPREPLY+=("$prefix$word"); done < <(compgen -f -- "${current/#\~/$HOME}")
      return
      ;;
    '')
      # the targets first; then what the help of the target names, as in KEY= or FILE=<path>
      if [[ -n ${target-} ]]; then
        words=$(sed -nE "s/^$target:.* ## //p" Makefile | grep -oE '\b[A-Z]+\b(=)?' | sort -u | sed -nE 's/^(KEY|FILE|FINISH|CONFIRM|SERVICE|SINCE|FOLLOW|Q)=?$/\1=/p')
        words="$words INVENTORY= ARGS="
        compopt -o nospace 2> /dev/null
      else
        words=$(sed -nE 's/^([a-z][a-z-]*):.* ## .*/\1/p' Makefile)
      fi
      ;;
  esac

  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$prefix$word"); done < <(compgen -W "$words" -- "$current")
}

complete -o default -F _wealth_companion_make make
