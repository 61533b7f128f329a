"""Words and phrases whose meaning is left to the reader, by what they leave open. Data only: that one occurs proves nothing.

Drawn from: ISO/IEC/IEEE 29148:2018, 5.2.7 (terms to avoid: superlatives, subjective language, vague pronouns, ambiguous
adverbs and adjectives, open-ended non-verifiable terms, comparative phrases, loopholes); INCOSE Guide to Writing
Requirements v4, rules R7 (vague terms), R8 (escape clauses), R9 (open-ended clauses), R35 (temporal
dependencies); Femmer, Méndez Fernández, Wagner, Eder, "Rapid quality assurance with Requirements Smells", JSS 2017; Berry,
Kamsties, Krieger, "From contract drafting to software specification: linguistic sources of ambiguity", 2003; Wilson,
Rosenberg, Hyatt, "Automated analysis of requirement specifications" (NASA ARM), 1997; Tjong, Berry, "The design of SREE", 2013.
"""

from __future__ import annotations

from clarifier.semantics.wordlists import words

# A quality that a thing has or lacks by someone's opinion.
QUALITIES = words(
    "user-friendly userfriendly friendly intuitive easy simple robust flexible efficient effective modern seamless smooth reliable "
    "scalable maintainable portable usable attractive appealing pleasant pleasing fun nice good great bad poor powerful versatile comfortable convenient "
    "sophisticated elegant high-quality cost-effective strong weak lightweight sensible natural self-explanatory self-descriptive understandable comprehensible readable legible "
    "clean tidy graceful beautiful fancy cool satisfying enjoyable engaging stylish professional rich lively realistic useful helpful "
    "ergonomic painless straightforward performant well-designed well-structured bug-free future-proof secure safe clear evident obvious distinctive meaningful advanced"
)
# The same, in several words.
COMPOUNDS = r"state[- ]of[- ]the[- ]art|up[- ]to[- ]date(?! with)|easy[- ]to[- ]use|cutting[- ]edge|best[- ]in[- ]class|world[- ]class|industry[- ]leading|industry[- ]standard|out of the box|fit for purpose"
# A standard that someone must set.
JUDGED = words(
    "appropriate inappropriate suitable unsuitable adequate inadequate reasonable unreasonable sufficient insufficient acceptable unacceptable proper improper satisfactory "
    "optimal correct desirable sensible fitting fair unnecessary excessive undue decent tolerable"
)
# What must be told by someone who knows which is meant.
NEEDED = words(
    "necessary relevant applicable important desired preferred essential needed related pertinent critical predetermined predefined pre-defined pre-determined preset prescribed designated agreed stipulated"
)
SELECTED = NEEDED | words("certain specific particular special normal typical similar usual common significant")
# Words that most readers take alike: less weighs on them.
MILD = words(
    "natural clear useful helpful accurately strong weak secure safe correct meaningful good great well related applicable advanced rich professional poor bad clean"
)
# How something is done, by someone's opinion.
MANNERS = words(
    "easily clearly efficiently effectively properly correctly appropriately inappropriately adequately sufficiently reasonably safely securely reliably robustly seamlessly smoothly "
    "gracefully intuitively nicely well carefully meaningfully optimally suitably satisfactorily conveniently flexibly cleanly sensibly naturally comfortably "
    "professionally accurately excessively unduly unnecessarily legibly readably transparently"
)
# Fixed expressions in which such a word measures nothing.
FIXED = words(
    "good faith,safe mode,safe area,rich text,clear text,clean build,clean install,natural language,natural number,natural key,natural person,simple majority,simple type,simple name,simple api,"
    "smart card,common name,common era,common ground,common sense,common denominator,standard input,standard output,standard error,standard deviation,standard library,normal form,normal distribution,normal mode,"
    "normal vector,special character,special case,fair use,best practice,good practice,secure boot,secure element,secure socket,secure shell,secure connection,secure channel,"
    "proper name,proper noun,proper subset,correct answer,fast path,fast forward,fast lane,light theme,dark theme,light mode,dark mode,long polling,long press,long form,short form,short name,"
    "high availability,high contrast,high school,high level,low level,high-level,low-level,big endian,little endian,large language,large object,real number,real time,free text,hard link,soft link,"
    "hard disk,hard copy,hard drive,hot key,plain text,best effort,useful life,advanced user,advanced settings,advanced search,basic authentication,strong reference,weak reference,"
    "efficient frontier,relevant party,related key,special symbol,specific heat,particular case,certain event,similar matrix,well known,well formed,well defined,necessary condition,"
    "sufficient condition,open source,great britain,small business,small caps,large print,friendly name,friendly fire,safe harbor,safe harbour,professional services,professional advice,"
    "long integer,long double,short integer,short circuit,low pass,high pass,high score,high resolution,natural gas,natural disaster,natural join,natural order",
    ",",
)
# Verbs of change that a measure must follow.
CHANGES = words(
    "improve enhance reduce increase decrease minimize minimise maximize maximise optimize optimise simplify accelerate shorten strengthen streamline"
)
# Nouns of kind: "certain types of users" names no more than "certain users".
KINDS = words("type kind sort class part aspect form group number piece area set category")
# Nouns and pronouns that say no more than that there is something.
INDEFINITE = (
    r"some (?:sort|kind|form|type)s? of|(?:in )?(?:a|some) (?:certain|particular|specific|special) (?:way|manner|fashion|amount|time|number|degree|extent|point|level)"
    r"|in (?:some|one) way(?: or another)?|some way|somehow|something|(?:a|some) certain|to (?:a|some) (?:certain )?(?:degree|extent)|in one form or another"
)
# A way out of the duty, by what it makes the duty depend on.
ESCAPES = {
    "possible": r"(?:if|when|where|whenever|wherever|unless)(?:ever)? (?:at all )?(?:it is |it's |it’s |this is |that is )?(?:technically |reasonably |at all )?(?:im)?(?:possible|practicable|practical|feasible|viable)(?! (?:to|for))"
    r"|(?:as|so) (?:far|much|little|well|closely) as (?:is )?(?:reasonably |technically )?(?:possible|practicable|practical|feasible)|to the (?:greatest |fullest |maximum )?extent (?:that is |reasonably )?(?:possible|practicable|practical|feasible)"
    r"|(?:in so )?far as (?:is )?(?:reasonably )?(?:possible|practicable)|(?:if|when|where) (?:it |they |you )?(?:possibly )?can\b(?! (?:be|not|only))",
    "needed": r"(?:if|when|where|whenever|wherever|as|unless)(?:ever)? (?:it is |it's |it’s |this is |that is |absolutely |strictly |otherwise )*(?:un)?(?:needed|necessary|required|desired|wanted|applicable|relevant|warranted|desirable)(?! (?:to|by|for|in|that|under|of|as|from|on|at|with))"
    r"|(?:if|should) (?:the )?(?:need arises?|it (?:should )?prove necessary|need be)|to the extent (?:necessary|needed|required)|in case of need",
    "appropriate": r"(?:if|when|where|whenever|wherever|as|unless)(?:ever)? (?:it is |it's |it’s |this is |deemed |considered |it seems |found )?(?:in)?(?:appropriate|suitable|reasonable|sensible|useful|helpful|advisable|beneficial|convenient)(?! (?:to|for))"
    r"|as (?:it )?sees? fit|at (?:its|their|his|her|the) (?:own )?discretion|as the case may be|(?:as|where|if) (?:deemed|considered) \w+",
    "usual": r"(?:generally|normally|usually|typically|ordinarily|in general|in principle|in most cases|as a (?:general )?rule|under normal (?:circumstances|conditions|operation)|for the most part|mostly|more or less|in theory|on the whole)",
    "ideal": r"(?:ideally|preferably|optionally|potentially|possibly|eventually|hopefully|perhaps|maybe)",
    "effort": r"(?:reasonable|commercially reasonable|best|all reasonable|every reasonable|good[- ]faith) (?:efforts?|endeavou?rs|attempts?)|on a best[- ]efforts? basis|(?:make|take) every (?:effort|attempt)",
    "exception": r"unless (?:otherwise (?:agreed|noted|stated|specified|required|instructed|indicated|necessary|appropriate)|there (?:is|are) (?:a |an )?(?:good|compelling|valid|strong) reasons?)|except (?:where|when|if|as) (?:appropriate|necessary|needed|required)|but not necessarily|not necessarily|unless impractical",
}
# One of these stands in every phrase of the kind, so that most sentences need no closer look.
ESCAPE_SIGNS = {
    "possible": ("possib", "practica", "feasib", "viable", " can"),
    "needed": ("need", "necess", "requir", "desir", "wanted", "applicable", "relevant", "warrant"),
    "appropriate": (
        "appropriate",
        "suitable",
        "reasonabl",
        "sensible",
        "useful",
        "helpful",
        "advisable",
        "beneficial",
        "convenient",
        "fit",
        "discretion",
        "case may",
        "deem",
        "considered",
    ),
    "usual": (
        "general",
        "normal",
        "usual",
        "typical",
        "ordinaril",
        "in principle",
        "cases",
        "as a rule",
        "the most part",
        "mostly",
        "more or less",
        "in theory",
        "on the whole",
    ),
    "ideal": ("ideal", "prefer", "optional", "potential", "possibl", "eventual", "hopeful", "perhaps", "maybe"),
    "effort": ("effort", "endeavo", "attempt"),
    "exception": ("unless", "except", "necessarily"),
}
# How long, how soon, how often, without saying.
TIMES = {
    "soon": r"soon|shortly|quick(?:ly)?|fast|rapid(?:ly)?|swift(?:ly)?|speedily|prompt(?:ly)?|timely|in (?:a )?(?:timely|prompt|swift|speedy|expeditious) (?:manner|fashion|way)|in due (?:course|time)|in good time|instant(?:ly|aneously)?"
    r"|as (?:soon|quickly|fast|promptly|rapidly) as (?:is )?(?:possible|practicable|practical|feasible|(?:it |they |you )?can)|at (?:the|its|their) (?:earliest|soonest)(?: convenience| opportunity)?|without (?:undue |unreasonable |unnecessary |any )?delay|immediate(?:ly)?|right away|straight away|at once|asap|responsive|(?:near[- ])?real[- ]time",
    "often": r"periodic(?:ally)?|regular(?:ly)?|(?:at|on a) regular (?:intervals|basis)|at (?:certain |regular |periodic |short |fixed )?intervals|frequent(?:ly)?|often|occasional(?:ly)?|sometimes|rarely|seldom|infrequently|from time to time|every (?:so often|now and then|once in a while)|repeatedly|time and again|intermittent(?:ly)?|at times|(?:as|so) often as (?:possible|needed|necessary)|constantly|continually",
    "long": r"(?:for )?(?:a )?(?:long|short|brief|limited|reasonable|certain|some|considerable|extended|prolonged|sufficient|minimal|short) (?:time|period|while|duration|periods? of time|amount of time|delay|pause|interval)|for (?:a|some) (?:while|time)|some ?time|temporarily|until further notice|for the time being|briefly|after a (?:while|time|delay|short \w+)|for as long as (?:possible|needed|necessary)|momentarily|recent(?:ly)?|later on|at some point|eventually|in the (?:near |foreseeable )?future|slow(?:ly)?|gradual(?:ly)?|progressively|(?:lasts?|takes?|waits?|stays?) long",
}
# How many or how much, without saying.
QUANTITIES = {
    "count": r"many|few|a few|several|numerous|various|multiple times|a (?:large |small |great |high |low |limited |certain |reasonable |sufficient |significant |given |fixed )?number of|(?:large|small|high|low|great|limited|reasonable|sufficient|minimal|huge|vast|increasing) (?:numbers?|amounts?|quantit(?:y|ies)|volumes?|proportions?|variety|range) of"
    r"|a (?:sufficient|reasonable|small|large|significant|considerable|minimal|suitable|appropriate|limited|certain) (?:amount|quantity|number)|a (?:lot|couple|handful|variety|multitude|range|majority|wide (?:range|variety)|host|plethora) of|lots of|plenty of|dozens of|hundreds of|thousands of|tons of|countless|much of|most of the time|enough|(?:with|without) (?:much|little|great|minimal) \w+|as (?:many|much|few|little) \w* ?as possible",
    "some": r"some|most of(?= the| all| its| their)",
    "near": r"near|close to|nearby|far (?:away )?from|in the vicinity of|in close proximity to|not far from",
    "about": r"approximately|approx\.?|roughly|around|about|circa|nearly|almost|in the (?:order|region) of|or so|more or less",
    "degree": r"significantly|substantially|considerably|noticeably|dramatically|drastically|markedly|slightly|somewhat|a (?:little )?bit|a little|vastly|greatly|too (?:many|much|few|little|long|short|large|small|big|high|low|fast|slow)|very (?:many|few|large|small|long|short|high|low)|extremely \w+|(?:overly|unduly|excessively|unreasonably|unnecessarily) (?:long|short|large|small|big|high|low|many|much|complex|verbose|complicated|heavy|slow)|(?:big|large|long|short|small|fast|high|low|strong|good|wide|deep|bright|loud|clear|simple|close) enough|sizeable|substantial|considerable",
    "extent": r"high|low|large|small|big|huge|tiny|heavy|lengthy|minimal|massive|long|short|great|loud|quiet|bright|dim|hot|cold|warm|cheap|expensive|thick|thin|deep|shallow|wide|narrow|tall",
}
# Nouns whose value can be high or low, large or small.
MEASURABLE = words(
    "file image message payload request response document upload download input output attachment volume load traffic latency delay throughput speed rate temperature pressure voltage "
    "count number amount quantity value score price cost size length width height depth distance weight level risk memory disk usage bandwidth batch buffer queue list table dataset database "
    "result set string text body name title description password key timeout interval period time duration window range transaction order payment purchase budget fee data log report page screen "
    "font button display icon quality resolution accuracy precision confidence probability frequency power energy consumption noise error signal brightness contrast concentration dose level user "
    "volume team group organization company project system network area region storage space object model sample part font amount balance debt income sum change difference increase decrease improvement indication tone beep pulse scalability performance standard security reliability usability availability capacity efficiency visibility priority demand importance"
)
# Sizes that anything can have; of a thing before its name they often belong to it ("hot backup", "thin client").
GRADABLE = words("loud quiet bright dim hot cold warm cheap expensive thick thin deep shallow wide narrow tall heavy")
