"""Where each number of the kernel stands: columns of its tables, codes of its kinds, names of its parameters."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate.draw import CALM, EXIT, EXPOSE, FORGET, LAPSE, N_CLOCKED, POSTING, PURGE, REFILL, RETIRE

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

LOYAL, DEFECTED, PURGED, RETIRED, DETAINED, OPPOSED = range(6)
HOME, ABROAD, RECALLED = range(3)
KIN, PATRON, COMRADE, COLLEAGUE = range(4)
N_TIE_KINDS = 4

# Causes of an event: what held the largest share of the log-hazard, or what ordered it.
BASELINE = 0
BY_TIE = 1  # 1 to 4: a kind of tie
BY_INFORMATION, BY_PUBLICITY, BY_SUCCESSION, BY_ASSOCIATION, BY_ORDER, BY_RULE = range(5, 11)
CAUSES = (
    "own reasons",
    "kin left",
    "patron or client left",
    "comrade left",
    "colleague left",
    "information from outside",
    "publicised departures",
    "succession",
    "guilt by association",
    "by order",
    "by rule",
)

# Columns of State.real (n, N_REAL). What a tie that left changes stands in the first 64 bytes, one line of memory.
# At KEY + 2 * kind, when the next event of a kind comes (inf: not as things stand); at RATE + 2 * kind, its rate. A rate
# of 0: no resistance was drawn yet; below 0: the hazard is 0 and so much of the resistance is left.
ETA, THETA = range(2)
DEPARTED = 2
KEY = DEPARTED + N_TIE_KINDS
RATE = KEY + 1
PURGED_TIES = KEY + 2 * N_CLOCKED
LEFT_AT, SINCE, RAISED, BORN = range(PURGED_TIES + N_TIE_KINDS, PURGED_TIES + N_TIE_KINDS + 4)
N_REAL = 32

# Columns of State.whole (n, N_WHOLE). SEAT is whose rank, weight, privilege and classes a member now has, OCCUPANT who has his. What is read when a tie leaves or a post changes stands in the first 64 bytes.
STATUS, POST, CLASS, HOLDER, STALE, INFORMATION, NEXT_KIND = range(7)
DRAWN = 7
INFLUENCE, PUBLIC, ASSOCIATED, EVER_LEFT, ORDERED, ORDERED_CAUSE, ORDERED_DEPTH, REMOVALS, SEAT, OCCUPANT = range(
    DRAWN + N_CLOCKED, DRAWN + N_CLOCKED + 10
)
N_WHOLE = 32

# Bits of STALE, one per kind of clock: which rates of a member an event has made out of date.
S_EXIT, S_PURGE, S_POSTING = 1 << EXIT, 1 << PURGE, 1 << POSTING
S_NEWS = (1 << EXPOSE) | (1 << FORGET)
S_SEAT = (1 << RETIRE) | (1 << REFILL) | (1 << LAPSE)
S_MOOD = S_EXIT | S_PURGE | S_POSTING | (1 << CALM)
S_ALL = (1 << N_CLOCKED) - 1

# Columns of State.clock (classes, 4); nobody stands in a queue whose key lies beyond what the clock can reach
CLOCK_READS, CLOCK_SET_AT, CLOCK_SPEED, CLOCK_REACH = range(4)

# Rows of State.place: where members stand in the queues of leaving and in the queue of everything else; then two
# lists: those who are to leave in this event, and those whose rates are out of date
LEAVING, OTHERWISE, TO_LEAVE, TO_REFRESH = range(4)

# Columns of Elite.number, Elite.code, Orders.number, Orders.code, Elite.tie
OFFSET, PRIVILEGE, KIN_HELD, CHILDREN, MOBILE = range(5)
RANK, WEIGHT_OF, SECURITY, GROUP, POST_AT_START = range(5)
ORDER_START, ORDER_END, ORDER_LEVEL, ORDER_VALUE = range(4)
ORDER_LEVER, ORDER_COLUMN, ORDER_MEMBER = range(3)
ALTER, TIE_KIND = range(2)

# Columns of Output.course and of Output.times; behind the latter stand the coalition thresholds of Orders.cuts
C_PURGES, C_WEIGHT, C_ABROAD, C_DETAINED, C_OPPOSED = range(5)
N_COURSE = 5
T_COLLAPSE, T_SECURITY, T_COUP, T_FIRST_EXIT, T_EVENTS, T_FAILED = range(6)
N_TIMES = 6

# Entries of State.scalar; behind them the time each threshold of Orders.cuts was crossed
NOW, SUCCESSION_KEY, COUP_LEFT, COUP_RATE, COUP_KEY, COUP_TIME, SECURITY_TIME, COLLAPSE_TIME, FIRST_EXIT = range(9)
N_SCALAR = 9

# Entries of State.tally; behind them the exits by cause, then by group
(
    ROOT,
    REPLICATE,
    STEP,
    BIN,
    CUT,
    WEIGHT,
    WEIGHT_AT_START,
    SECURITY_WEIGHT,
    SECURITY_AT_START,
    N_ABROAD,
    N_PURGES,
    N_PUBLIC,
    N_EVENTS,
    IN_SUCCESSION,
    N_SUCCESSIONS,
    N_TO_LEAVE,
    N_TO_REFRESH,
    ALL_STALE,
    SPEEDS_STALE,
    WEIGHT_STALE,
    FAILED,
    N_DETAINED,
    N_OPPOSED,
    N_LIVE,
    AGED,
    CHAINS,
) = range(26)
LIVE = 26  # the kinds of clocked event that can come at all under the parameters
BY_CAUSE = LIVE + N_CLOCKED
BY_GROUP = BY_CAUSE + len(CAUSES)

# Levers a policy can pull; all but HOLD_KIN multiply, per class of members.
L_EXIT, L_PURGE, L_OUT, L_BACK, L_EXPOSE, L_HOLD_KIN, L_SCREEN, L_ACCURACY, L_PUBLICITY, L_COUP = range(10)
N_LEVERS = 10
A_RECALL, A_SUCCESSION, A_DEFECT, A_AGGRIEVE, A_PURGE, A_DETAIN = range(16, 22)

# Standing rules: what sets one off, and whom an action is for besides one of the four kinds of tie.
ON_DEPARTURE, ON_KNOWN_DEPARTURE, ON_PURGE, ON_DETENTION, ON_OPPOSITION, ON_SUCCESSION = range(6)
OWN_ORGAN, EVERYBODY = range(N_TIE_KINDS, N_TIE_KINDS + 2)

# Columns of Orders.rule_number, Orders.rule_code and State.rule; a rule that pulls a lever has no queue (-1)
RULE_LEVEL, RULE_VALUE, RULE_DELAY, RULE_LENGTH = range(4)
RULE_ON, RULE_LEVER, RULE_COLUMN, RULE_WHOM, RULE_QUEUE, RULE_NUMBER, RULE_FIRST = range(7)
R_FROM, R_UNTIL, R_ACTIVE, R_TIMES, R_YEARS = range(5)
N_RULE = 5

PARAMETER_NAMES = (
    "base",
    "access_home",
    "access_recalled",
    "rank",
    "privilege",
    "disaffection",
    "disaffection_sd",
    "information",
    "kin_held",
    "children_abroad",
    "contagion_kin",
    "contagion_patron",
    "contagion_comrade",
    "contagion_colleague",
    "saturation",
    "complex_at",
    "log_ties",
    "fear_kin",
    "fear_patron",
    "fear_comrade",
    "fear_colleague",
    "backlash",
    "passed_over",
    "calming",
    "calming_step",
    "memory",
    "publicity",
    "publicity_share",
    "purge",
    "purge_rank",
    "purge_disaffection",
    "purge_tie",
    "association",
    "association_depth",
    "detain",
    "release",
    "detention_grievance",
    "resist",
    "purge_opposed",
    "posting_out",
    "posting_back",
    "screening",
    "retire",
    "retire_ageing",
    "retire_reference",
    "pension_age",
    "pension_rise",
    "newcomer_age",
    "refill",
    "refill_rank",
    "promote",
    "promote_loyalty",
    "exposure_abroad",
    "exposure_home",
    "forgetting",
    "succession",
    "succession_years",
    "succession_exit",
    "succession_purge",
    "succession_patron",
    "succession_grievance",
    "succession_ties",
    "succession_stages",
    "leader_stages",
    "leader_age",
    "leader_years",
    "successor_age",
    "leader_ageing",
    "leader_tenure",
    "coup",
    "coup_slope",
    "coalition_threshold",
    "security_threshold",
    "monitoring",
    "terror_exit",
    "terror_purge",
    "information_control",
    "outside_option",
    "coup_proofing",
)
(
    P_BASE,
    P_ACCESS_HOME,
    P_ACCESS_RECALLED,
    P_RANK,
    P_PRIVILEGE,
    P_DISAFFECTION,
    P_DISAFFECTION_SD,
    P_INFORMATION,
    P_KIN_HELD,
    P_CHILDREN,
    P_CONTAGION,
    _P_CONTAGION_PATRON,
    _P_CONTAGION_COMRADE,
    _P_CONTAGION_COLLEAGUE,
    P_SATURATION,
    P_COMPLEX_AT,
    P_LOG_TIES,
    P_FEAR,
    _P_FEAR_PATRON,
    _P_FEAR_COMRADE,
    _P_FEAR_COLLEAGUE,
    P_BACKLASH,
    P_PASSED_OVER,
    P_CALMING,
    P_CALMING_STEP,
    P_MEMORY,
    P_PUBLICITY,
    P_PUBLICITY_SHARE,
    P_PURGE,
    P_PURGE_RANK,
    P_PURGE_DISAFFECTION,
    P_PURGE_TIE,
    P_ASSOCIATION,
    P_ASSOCIATION_DEPTH,
    P_DETAIN,
    P_RELEASE,
    P_DETENTION_GRIEVANCE,
    P_RESIST,
    P_PURGE_OPPOSED,
    P_OUT,
    P_BACK,
    P_SCREENING,
    P_RETIRE,
    P_RETIRE_AGEING,
    P_RETIRE_REFERENCE,
    P_PENSION_AGE,
    P_PENSION_RISE,
    P_NEWCOMER_AGE,
    P_REFILL,
    P_REFILL_RANK,
    P_PROMOTE,
    P_PROMOTE_LOYALTY,
    P_EXPOSURE_ABROAD,
    P_EXPOSURE_HOME,
    P_FORGETTING,
    P_SUCCESSION,
    P_SUCCESSION_YEARS,
    P_SUCCESSION_EXIT,
    P_SUCCESSION_PURGE,
    P_SUCCESSION_PATRON,
    P_SUCCESSION_GRIEVANCE,
    P_SUCCESSION_TIES,
    P_SUCCESSION_STAGES,
    P_LEADER_STAGES,
    P_LEADER_AGE,
    P_LEADER_YEARS,
    P_SUCCESSOR_AGE,
    P_LEADER_AGEING,
    P_LEADER_TENURE,
    P_COUP,
    P_COUP_SLOPE,
    P_COALITION_THRESHOLD,
    P_SECURITY_THRESHOLD,
    P_MONITORING,
    P_TERROR_EXIT,
    P_TERROR_PURGE,
    P_INFORMATION_CONTROL,
    P_OUTSIDE_OPTION,
    P_COUP_PROOFING,
) = range(len(PARAMETER_NAMES))


class Elite(NamedTuple):
    """What all replicates of a scenario share: its members and their ties. Times in years.

    `number` holds the covariates of members and `code` their whole-number traits, one row each; the ties of member
    i are rows ``start[i]`` to ``start[i + 1]`` of `tie` (alter, kind) and `tie_weight`, and hold over `tie_span` (from,
    to; no rows: all ties hold always); `class_of` is the class of
    a member in each post; `scope` is (horizon,), and `blocked` one member who never leaves (-1: nobody). `age` is that
    at time 0 (-inf: unknown; no rows: all are). `ladder` lists the seats by organ and rank; its rows from
    ``below[i, 0]`` to ``below[i, 1]`` are those one rank below seat i in its organ (no rows: nobody is promoted).
    """

    number: NDArray[np.float64]
    code: NDArray[np.int64]
    start: NDArray[np.int64]
    tie: NDArray[np.int32]
    tie_weight: NDArray[np.float64]
    tie_span: NDArray[np.float64]
    class_of: NDArray[np.int64]
    scope: NDArray[np.float64]
    blocked: int
    age: NDArray[np.float64]
    ladder: NDArray[np.int32]
    below: NDArray[np.int64]


class Orders(NamedTuple):
    """The policy table: dates and strengths, codes, and which classes each policy is for; and what to report.

    Of `listed`, the rows from ``bounds[0, k]`` to ``bounds[0, k + 1]`` are in force from step k on, those from
    ``bounds[1, k]`` to ``bounds[1, k + 1]`` act on its date: a step costs what holds then, not all policies there are.
    Standing rules have a row each of `rule_number` and `rule_code`; `rule_fires` and `rule_concerns` say for which
    classes an event sets a rule off, and whom it is for.
    """

    number: NDArray[np.float64]
    code: NDArray[np.int64]
    concerns: NDArray[np.bool_]
    steps: NDArray[np.float64]
    listed: NDArray[np.int64]
    bounds: NDArray[np.int64]
    edges: NDArray[np.float64]
    cuts: NDArray[np.int64]
    rule_number: NDArray[np.float64]
    rule_code: NDArray[np.int64]
    rule_fires: NDArray[np.bool_]
    rule_concerns: NDArray[np.bool_]


class State(NamedTuple):
    """What changes within a replicate; scratch space that the next replicate writes over.

    Rules that act on members have two queues each: those whose departure is to be acted on, and those whose action is
    to be lifted.
    """

    real: NDArray[np.float64]
    whole: NDArray[np.int32]
    heap: NDArray[np.int32]
    due: NDArray[np.float64]
    place: NDArray[np.int32]
    clock: NDArray[np.float64]
    lever: NDArray[np.float64]
    scalar: NDArray[np.float64]
    tally: NDArray[np.int64]
    log: NDArray[np.float64]
    rule: NDArray[np.float64]
    rule_heap: NDArray[np.int32]
    rule_due: NDArray[np.float64]
    rule_place: NDArray[np.int32]


class Output(NamedTuple):
    """Where a chunk of replicates writes its rows; a table of no rows is not written."""

    exits: NDArray[np.int32]
    course: NDArray[np.int64]
    causes: NDArray[np.int32]
    times: NDArray[np.float64]
    left: NDArray[np.uint8]
    ruled: NDArray[np.float64]
