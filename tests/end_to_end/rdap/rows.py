"""Every check code of ICANN's conformance tool, version 3.1.5, as far as it concerns a registry's RDAP service: what the
requirements of our RDAP name. Each is checked by conformance.py on every answer of our tests, or by a test that has it in
its name, or it is here with the reason why not."""


def span(first, last):
    """-10100, -10102: with all between."""
    return set(range(last, first + 1))


FACTS = set().union(
    span(-10100, -10102), span(-10200, -10202), span(-10300, -10303), span(-10400, -10403), span(-10500, -10505),
    span(-10600, -10613), span(-10700, -10709), {-10800}, {-10900, -10901}, span(-10903, -10912), span(-11000, -11003),
    {-11100, -11200, -11201}, span(-11203, -11205), {-11300, -11302}, span(-11304, -11310), span(-11400, -11409),
    span(-11500, -11511), span(-11600, -11603), span(-11700, -11703), span(-11800, -11803), {-11900, -11901},
    span(-12000, -12009), span(-12011, -12019), span(-12021, -12027), span(-12100, -12108), {-12199},
    span(-12200, -12219), span(-12300, -12320), span(-12400, -12416), span(-12500, -12505), {-12600, -12601, -12602},
    span(-12604, -12610), span(-13000, -13014), span(-13016, -13021),
    {-20100, -20101, -20200, -20300, -20400, -20401, -20500, -20600, -20700, -20701, -20800, -20900},
    span(-23100, -23102), span(-23200, -23202), {-23300, -23301}, span(-26100, -26103), {-40100, -40200, -40400, -43100},
    {-46100, -46101}, span(-46200, -46206), {-46300, -46400, -46500}, span(-46600, -46606), span(-46700, -46706),
    span(-46800, -46802), {-46900}, span(-47000, -47002), {-47100}, span(-47200, -47205), span(-47300, -47302),
    span(-47400, -47404), {-47500, -47600, -47601}, span(-47700, -47703), span(-49100, -49104), span(-49200, -49205),
    {-49300}, span(-52100, -52105), {-55000, -58000, -58001, -60100, -60101, -60200, -61000, -61001, -61100, -61101},
    span(-61200, -61202), span(-62000, -62006), {-62100, -62101, -63000}, span(-63100, -63106), span(-63200, -63205),
    span(-63301, -63304), span(-63400, -63405), span(-63500, -63505), span(-63600, -63605), span(-63700, -63704),
    span(-63800, -63802), span(-63900, -63902), span(-64000, -64002), span(-64100, -64108), span(-65000, -65005),
    span(-65100, -65104), span(-65200, -65207), {-65300}, span(-65400, -65404), span(-65500, -65503), {-65600},
    span(-65700, -65706), span(-65800, -65816))

WITH_THEIR_CAUSE = "says that something in a container is wrong, beside the code that says what; goes with that"
REGISTRAR_MODE = "asked of registrars' servers only"
PROFILE_2019 = "belongs to the profile of 2019"
IANA = "compares with what stands at IANA when the service is public"
TRANSPORT = "says that the tool could not connect, speak TLS or HTTP, or that rounds over both families differ"
OPERATION = "is about addresses, names and certificates of a running service, which the operator provides"

ELSEWHERE = {
    **dict.fromkeys({-11900, -11901, -12503, -12505} | span(-12207, -12217) | span(-12306, -12315) | span(-12317, -12319)
                    | span(-12407, -12414) | span(-12605, -12609), WITH_THEIR_CAUSE),
    -12199: "only marks the end of the codes for error bodies",
    **dict.fromkeys(span(-64100, -64108) | span(-65200, -65207) | {-63000, -65600, -47203, -47204, -58000, -58001},
                    REGISTRAR_MODE),
    **dict.fromkeys(span(-52100, -52105) | {-20200, -20600, -20700, -40200, -40400, -46500, -46600, -46700, -55000,
                                            -60100, -60101, -60200, -47000}, PROFILE_2019),
    **dict.fromkeys(span(-23100, -23102), IANA),
    **dict.fromkeys({-13007, -13014, -13016, -13017, -13019, -13021}, TRANSPORT),
    **dict.fromkeys({-13020}, "counts the answers 404 of a run; a warning"),
    **dict.fromkeys({-20400}, OPERATION),
}
