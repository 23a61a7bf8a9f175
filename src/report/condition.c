/* What the condition changed, so that a reader can tell why two scenarios differ; test:
 * tests/unit/test_report.c. */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

bool percuta_report_condition_is_healthy(const struct percuta_scenario *scenario) {
  return strcmp(scenario->condition.kind, "none") == 0;
}

/* The factors that are not 1. */
static void tell_factors(struct percuta_paragraph *text, const struct percuta_skin *skin) {
  const struct {
    const char *form;
    double value;
  } factor[] = {
      {"blood flow {skin.perfusion_rel:3}", skin->perfusion_rel},
      {"cell division {skin.proliferation_factor:3}", skin->proliferation_factor},
      {"collagen production {skin.production_factor:3}", skin->production_factor},
      {"clearance of clot and macrophages {skin.clearance_factor:3}", skin->clearance_factor}};
  bool any = false;
  for (size_t i = 0; i < sizeof factor / sizeof *factor; ++i) {
    if (fabs(factor[i].value - 1) <= 1e-9)
      continue;
    if (any)
      GO_ON_ONLY(text, ", ");
    else
      SAY_ONLY(text, "Factors relative to healthy skin: ");
    GO_ON(text, factor[i].form, N(factor[i].value));
    any = true;
  }
  if (any)
    GO_ON_ONLY(text, ".");
}

void percuta_report_condition_tell(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_skin *skin = page->record->skin;
  struct percuta_paragraph *text =
      percuta_report_story_begin(story, "Condition of the skin", false);
  SAY(text, "The skin is modelled as *{scenario.skin.condition.kind:text}*.",
      T(skin->condition_name));
  tell_factors(text, skin);
  SAY(text, "Before treatment, collagen is {skin.collagen_rel:3} of that of a young adult",
      N(skin->collagen_rel));
  if (skin->has_defect)
    GO_ON(
        text,
        "; inside a {:text} {skin.defect_width:3 mm} wide and {skin.defect_depth:3 mm} deep it is "
        "{skin.defect_collagen_rel:3} of that around it",
        T(skin->defect_is_stripe ? "stripe" : "scar"), N(skin->defect_width / PERCUTA_MM),
        N(skin->defect_depth / PERCUTA_MM), N(skin->defect_collagen_rel));
  GO_ON_ONLY(text, ".");
}
