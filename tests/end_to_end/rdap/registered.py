"""Values that IANA and ISO keep, as far as our answers may have them."""

EVENT_ACTIONS = {
    "registration", "reregistration", "last changed", "expiration", "deletion", "reinstantiation", "transfer", "locked",
    "unlocked", "last update of RDAP database", "registrar expiration", "enum validation expiration"}

ROLES = {"registrant", "technical", "administrative", "abuse", "billing", "registrar", "reseller", "sponsor", "proxy",
         "notifications", "noc"}

EPP_TO_RDAP = {
    "ok": "active", "linked": "associated", "inactive": "inactive", "addPeriod": "add period",
    "autoRenewPeriod": "auto renew period", "clientDeleteProhibited": "client delete prohibited",
    "clientHold": "client hold", "clientRenewProhibited": "client renew prohibited",
    "clientTransferProhibited": "client transfer prohibited", "clientUpdateProhibited": "client update prohibited",
    "pendingCreate": "pending create", "pendingDelete": "pending delete", "pendingUpdate": "pending update",
    "pendingRestore": "pending restore", "redemptionPeriod": "redemption period", "renewPeriod": "renew period",
    "transferPeriod": "transfer period", "serverDeleteProhibited": "server delete prohibited",
    "serverHold": "server hold", "serverRenewProhibited": "server renew prohibited",
    "serverTransferProhibited": "server transfer prohibited", "serverUpdateProhibited": "server update prohibited",
    "pendingRenew": "pending renew", "pendingTransfer": "pending transfer"}

STATUSES = set(EPP_TO_RDAP.values()) | {
    "validated", "renew prohibited", "update prohibited", "transfer prohibited", "delete prohibited", "proxy", "private",
    "removed", "obscured", "locked", "administrative", "reserved"}

NOTICE_TYPES = {f"{what} truncated due to {why}" for what in ("result set", "object")
                for why in ("authorization", "excessive load", "unexplainable reasons")} | {
                    "object redacted due to authorization"}

VARIANT_RELATIONS = {"registered", "unregistered", "registration restricted", "open registration", "conjoined"}

EXTENSIONS = {"rdap_level_0", "icann_rdap_response_profile_0", "icann_rdap_response_profile_1",
              "icann_rdap_technical_implementation_guide_0", "icann_rdap_technical_implementation_guide_1", "redacted",
              "paging", "sorting", "subsetting", "reverse_search"}

REDACTED_NAMES = {
    "Registry Domain ID", "Registry Registrant ID", "Registrant Name", "Registrant Organization", "Registrant Street",
    "Registrant City", "Registrant Postal Code", "Registrant Phone", "Registrant Phone Ext", "Registrant Fax",
    "Registrant Fax Ext", "Registrant Email", "Registry Tech ID", "Tech Name", "Tech Phone", "Tech Phone Ext",
    "Tech Email"}

LINK_RELATIONS = {"about", "alternate", "canonical", "collection", "describedby", "first", "glossary", "help", "item",
                  "last", "license", "next", "prev", "privacy-policy", "related", "self", "service-doc",
                  "terms-of-service", "up"}

MEDIA_TYPES = {"application/rdap+json", "application/json", "application/pdf", "text/html", "text/plain"}

MEDIA = {"screen", "tty", "tv", "projection", "handheld", "print", "braille", "embossed", "speech", "all"}

COUNTRIES = set("""
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF
CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH
GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW
KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG
NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN
SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT
ZA ZM ZW""".split())
