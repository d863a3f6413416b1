"""What ICANN's RDAP conformance tool asks of an answer, in our own words: a check for every code, which yields what is
wrong. `violations` runs those that concern an answer. What a code means stands in docs/WHOIS_RDAP.md's sources: RFC 9083,
the RDAP response profile and the technical implementation guide of February 2024."""

from rdap import check_common, check_objects, check_profile, check_redaction  # noqa: F401 each adds its checks
from rdap.check_redaction import NAMES_IN_ORDER, REDACTION_CODES, rules_without_a_code
from rdap.checking import CHECKS, UNREADABLE, violations

__all__ = ["CHECKS", "NAMES_IN_ORDER", "REDACTION_CODES", "UNREADABLE", "rules_without_a_code", "violations"]
