/* The manual page (man 7 groff_man), from the lists in commands.def and base/status.h; what belongs
 * to no list stands here. Test: tests/cli/man.sh. */
#include "cli/man.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "base/version.h"
#include "cli/commands.h"

static const struct {
  const char *name, *text;
} FILES[] = {
    {"report.html", "The report: one page that needs no network."},
    {"summary.json", "The key results, each with its unit in the name."},
    {"timeline.csv", "One row per output time."},
    {"channels.csv", "One row per puncture."},
    {"penetration.csv, numbing.csv",
     "Where the compounds of serums and creams are, and how deep the "
     "skin is numb, in time; only where there are any."},
    {"fields.pvd, fields/", "The fields in space, upright, for ParaView, VTK and meshio."},
    {"fields.h5, fields.xdmf", "The same for HDF5, with every parameter and its source."},
    {"used_parameters.yaml",
     "Every value as used; itself a scenario that runs to the same result."},
    {"run.log", "What the run said."},
    {"checkpoint.h5", "The last good state; removed when the run ends well."},
};

static const struct {
  const char *name, *text;
} ENVIRONMENT[] = {
    {"PERCUTA_DATA",
     "The folder of Percuta's data, instead of the one installed with the program."},
    {"PERCUTA_WEB", "The folder of the report's template, likewise."},
    {"PERCUTA_ENGINE", "The file of Percuta's library, likewise."},
    {"OMP_NUM_THREADS", "How many cores a run may use; otherwise all that it is given."},
};

/* Text in which nothing is a command of troff, and every character one of ASCII. */
static void put(FILE *stream, const char *text) {
  bool begins = true;
  for (int length = 1; *text; text += length) {
    uint32_t code = 0;
    length = percuta_base_utf8_next(text, strlen(text), &code);
    if (begins && (code == '.' || code == '\''))
      fputs("\\&", stream);
    if (length == 0)
      length = 1; /* no character */
    else if (code >= 0x80)
      fprintf(stream, "\\[u%04" PRIX32 "]", code);
    else if (code == '-' || code == '\\')
      fputs(code == '-' ? "\\-" : "\\e", stream);
    else
      fputc((int)code, stream);
    begins = code == '\n';
  }
}

static void put_line(FILE *stream, const char *macro, const char *text) {
  fprintf(stream, "%s", macro);
  put(stream, text);
  fputc('\n', stream);
}

/* `-o, --output DIR`, in bold but for the argument. */
static void put_option(FILE *stream, const struct percuta_commands_option *option) {
  fprintf(stream, ".TP\n\\fB");
  if (*option->short_name) {
    put(stream, option->short_name);
    fprintf(stream, "\\fR, \\fB");
  }
  put(stream, option->name);
  fprintf(stream, "\\fR");
  if (*option->argument) {
    fprintf(stream, " \\fI");
    put(stream, option->argument);
    fprintf(stream, "\\fR");
  }
  fputc('\n', stream);
  put_line(stream, "", option->sentence);
}

static void put_head(FILE *stream) {
  fprintf(stream,
          ".\\\" Written by `percuta help --man`; do not edit.\n"
          ".TH PERCUTA 1 \"\" \"Percuta %s\" \"User Commands\"\n"
          ".SH NAME\n"
          "percuta \\- simulate skin needling, from the strike of a needle to a year of "
          "repair\n.SH SYNOPSIS\n",
          PERCUTA_VERSION);
  for (size_t i = 0; i < percuta_cli_commands_count(); ++i) {
    const struct percuta_command *command = percuta_cli_commands_at(i);
    put_line(stream, ".B percuta ", command->name);
    fprintf(stream, "[\\fIOPTIONS\\fR] \\fI");
    put(stream, command->arguments);
    fprintf(stream, "\\fR\n.br\n");
  }
  fprintf(
      stream,
      ".B percuta \\-\\-version\n"
      ".SH DESCRIPTION\n.B percuta\n"
      "reads a scenario (a YAML file that says who is treated, where, with which device and how "
      "often) and\nfollows the skin from the strikes of the needles through bleeding and "
      "healing to the end of the\nfollow\\-up. It writes a folder with a report, numbers and "
      "fields. It is research software and no medical\ndevice; nothing it prints is medical "
      "advice.\n");
}

/* Every command with its options. */
static void put_commands(FILE *stream) {
  fprintf(stream, ".SH COMMANDS\n");
  for (size_t i = 0; i < percuta_cli_commands_count(); ++i) {
    const struct percuta_command *command = percuta_cli_commands_at(i);
    struct percuta_commands_option option;
    fprintf(stream, ".SS ");
    put(stream, command->name);
    fprintf(stream, " \\fI");
    put(stream, command->arguments);
    fprintf(stream, "\\fR\n");
    put_line(stream, "", command->details);
    for (size_t o = 0; percuta_cli_commands_option_at(o, &option); ++o) {
      if (percuta_cli_commands_takes(command, &option))
        put_option(stream, &option);
    }
  }
  fprintf(stream,
          ".PP\nEvery command takes \\fB\\-h\\fR or \\fB\\-\\-help\\fR. Of\n.BR run ,\nwhat "
          "follows \\fB\\-\\-\\fR goes to PETSc.\n");
}

static void put_tail(FILE *stream) {
  fprintf(stream, ".SH FILES\nIn the result folder:\n");
  for (size_t i = 0; i < sizeof FILES / sizeof *FILES; ++i) {
    put_line(stream, ".TP\n.B ", FILES[i].name);
    put_line(stream, "", FILES[i].text);
  }
  fprintf(stream, ".SH ENVIRONMENT\n");
  for (size_t i = 0; i < sizeof ENVIRONMENT / sizeof *ENVIRONMENT; ++i) {
    put_line(stream, ".TP\n.B ", ENVIRONMENT[i].name);
    put_line(stream, "", ENVIRONMENT[i].text);
  }
  fprintf(stream, ".SH EXIT STATUS\n");
#define PERCUTA_MAN_STATUS(name, code, text) fprintf(stream, ".TP\n.B %d\n%s\n", code, text);
  PERCUTA_STATUS_LIST(PERCUTA_MAN_STATUS)
#undef PERCUTA_MAN_STATUS
  fprintf(stream, ".SH EXAMPLES\n.nf\n"
                  "percuta run examples/first\\-session.yaml \\-o out/first\\-session\n"
                  "percuta run examples/first\\-session.yaml \\-\\-fidelity column \\-\\-set "
                  "\\(dqperson.age=60 years\\(dq\n"
                  "mpiexec \\-n 2 percuta run examples/first\\-session.yaml \\-o "
                  "out/first\\-session\n.fi\n"
                  ".PP\nThe examples are installed in share/percuta/examples, the documentation in "
                  "share/doc/percuta;\n.B percuta help\nsays where.\n"
                  ".SH SEE ALSO\n.BR mpiexec (1)\n");
}

void percuta_cli_man_print(FILE *stream) {
  put_head(stream);
  put_commands(stream);
  put_tail(stream);
}
