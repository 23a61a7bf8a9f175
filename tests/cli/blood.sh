#!/bin/bash
# What a person's blood lacks shows in the results, and only that.
. "$(dirname "$0")/lib.bash"
cp "$root/examples/first-session.yaml" "$scratch/person.yaml"
cd "$scratch" || exit 1
quick=(--fidelity column --set 'course.follow_up=30 days' --quiet)

# value FOLDER KEY: the number of a key of summary.json that stands there once.
value() { sed -n "s/.*\"$2\":[[:space:]]*\([0-9.eE+-]*\).*/\1/p" "$1/summary.json" | head -n 1; }
# outcome FOLDER NAME: the value of an outcome of the course.
outcome() { sed -n "/\"name\":[[:space:]]*\"$2\"/,/}/s/.*\"value\":[[:space:]]*\([0-9.eE+-]*\).*/\1/p" "$1/summary.json" | head -n 1; }
less() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && b != "" && a + 0 < b + 0) }'; }

percuta run person.yaml "${quick[@]}" -o normal
expect normal-blood-runs exits 0
expect normal-blood-is-the-measure [ "$(value normal platelet_signal_rel)" = 1 ]
expect normal-blood-clots less 0 "$(value normal fibrin_half_s)"

percuta run person.yaml "${quick[@]}" -o few --set 'person.clotting.platelets=15 %'
expect few-platelets-runs exits 0
expect few-platelets-bleed-longer less "$(value normal time_to_stop_s)" "$(value few time_to_stop_s)"
expect few-platelets-shed-more less "$(value normal shed_ul_per_cm2)" "$(value few shed_ul_per_cm2)"
expect few-platelets-signal-less [ "$(value few platelet_signal_rel)" = 0.15 ]
expect few-platelets-lay-down-less less "$(outcome few collagen_peak_rel)" \
  "$(outcome normal collagen_peak_rel)"

percuta run person.yaml "${quick[@]}" -o warfarin --set 'person.anticoagulant=warfarin'
expect warfarin-runs exits 0
expect warfarin-makes-less-thrombin less "$(value warfarin thrombin_peak_nmol_per_l)" \
  "$(value normal thrombin_peak_nmol_per_l)"
expect warfarin-bleeds-longer less "$(value normal time_to_stop_s)" "$(value warfarin time_to_stop_s)"
expect warfarin-sheds-more less "$(value normal shed_ul_per_cm2)" "$(value warfarin shed_ul_per_cm2)"
expect warfarin-secures-no-plug [ -z "$(value warfarin plug_secured_s)" ]
expect warfarin-warns grep -q 'Blood hardly clots' warfarin/summary.json
expect warfarin-is-in-the-report grep -q 'less than half of the fibrinogen' warfarin/report.html

percuta run person.yaml "${quick[@]}" -o none --set 'person.clotting.II=0 %'
expect no-prothrombin-runs exits 0
expect no-signal-is-told grep -q 'No signal for repair comes from them' none/report.html
expect and-none-is-told-of test "$(grep -ciE 'platelets (send|and macrophages release)' none/report.html)" = 0
expect else-it-is grep -q 'its platelets send the first signal' normal/report.html
percuta check person.yaml --set 'person.clotting.VIII=1'
expect a-level-needs-its-unit complains 'has no unit'
percuta check person.yaml --set 'person.anticoagulant=heparin'
expect heparin-is-not-offered complains 'none or warfarin'
exit $failed
