#!/usr/bin/env bash
# All C code is laid out as .clang-format says (`make format` does it).
set -u
cd "$PERCUTA_ROOT" || exit 1
mapfile -d '' files < <(find . -name '*.[ch]' -not -path './build*' -not -path '*/node_modules/*' -print0)
if [ ${#files[@]} -gt 0 ] && clang-format --dry-run -Werror "${files[@]}"; then
  echo "ok ${#files[@]} C files are laid out as .clang-format says"
else
  echo "not ok C files are laid out as .clang-format says"
fi
