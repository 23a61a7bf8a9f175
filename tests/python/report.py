"""report.py NAME: runs the tests in NAME.py and says `ok` or `not ok` of each, for tests/count.sh."""

import sys
import traceback
import unittest


class Report(unittest.TestResult):
    def _say(self, word, test):
        name = test.shortDescription() or str(test)
        print(f"{word} {name}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._say("ok", test)

    def _bad(self, test, error):
        traceback.print_exception(*error)
        self._say("not ok", test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._bad(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._bad(test, error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self._bad(subtest, error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._say(f"left out ({reason}):", test)


result = Report()
unittest.defaultTestLoader.loadTestsFromName(sys.argv[1]).run(result)
sys.exit(0 if result.wasSuccessful() else 1)
