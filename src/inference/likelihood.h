/* How likely published rows are, given what a model predicts of them. */
#ifndef PERCUTA_INFERENCE_LIKELIHOOD_H
#define PERCUTA_INFERENCE_LIKELIHOOD_H

/* What a row says. */
enum percuta_datum_kind {
  PERCUTA_DATUM_VALUE,    /* a number with its spread */
  PERCUTA_DATUM_AT_LEAST, /* it is not less than the number */
  PERCUTA_DATUM_AT_MOST,  /* it is not more than the number */
  PERCUTA_DATUM_ORDER     /* no number, only that it is above it: a sign, when the number is 0 */
};

/* A published row, on the scale on which its errors are normal (logarithms, as a rule). Rows of one
 * study share its error: the same laboratory, people and method. Stages likewise share theirs: what
 * the model of the stage cannot do, whatever its parameters. */
struct percuta_datum {
  enum percuta_datum_kind kind;
  double number, spread; /* standard deviation */
  int study, stage;      /* from 0 */
};

/* Standard deviations of what is added to every row's own spread. */
struct percuta_datum_errors {
  double study;           /* of the error that the rows of a study share */
  const double *stage;    /* of the discrepancy of each stage, row by row */
  const double *emulator; /* of each row's prediction; NULL: none */
};

/* Logarithm of the likelihood of `count` rows, those of a study standing together, given a
 * prediction of each. Values of a study are jointly normal, with covariance diag(s^2) + study^2;
 * bounds and orders are the normal probability of what they say (censored rows). */
double percuta_inference_likelihood_log(int count, const struct percuta_datum *datum,
                                        const double *predicted,
                                        const struct percuta_datum_errors *errors);

#endif
