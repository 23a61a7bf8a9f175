#!/bin/bash
# fields.pvd and its files: what stands in them, and that meshio and VTK, where they are, read it
# upright: the surface on top, depth downwards, lengths in m, values at their places.
. "$(dirname "$0")/lib.bash"
cd "$scratch" || exit 1
small=(--quiet --set "course.follow_up=40 days")
for name in patch column channel; do
  sets=(--set "model.fidelity=$name")
  if [ $name = patch ]; then sets=(--set "model.patch.width=1 mm" --set "model.patch.cell=100 um"); fi
  percuta run "$root/examples/first-session.yaml" "${small[@]}" "${sets[@]}" -o "$name"
  expect "$name-runs" exits 0
  python3 "$root/tests/fields.py" "$name" || failed=1
done
# A later run leaves no time of an earlier one.
kept=$(find patch/fields -name '*.vtu' | wc -l)
touch "patch/fields/00$kept.vtu"
percuta run "$root/examples/first-session.yaml" "${small[@]}" --set "model.patch.width=1 mm" \
  --set "model.patch.cell=100 um" -o patch
expect an-earlier-time-is-gone [ ! -e "patch/fields/00$kept.vtu" ]
exit $failed
