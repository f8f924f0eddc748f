namespace Copilot.Language.Queries.Terms;

/// <summary>The words of requests for spans and what they do: "Kind tag: phrase | phrase". Longer phrases go before shorter ones.</summary>
internal static class PhraseText
{
    public const string Grammar = """
        Subject span: span | spans
        Subject trace: trace | traces
        Subject request: message | messages | occurrence | occurrences | request | requests | response | responses | query spans | transaction | transactions | execution | executions | invocation | invocations | interaction | interactions | activity | rpcs
        Subject event: event | events | span event | span events
        Subject link: link | links | linked | linking | span link | span links
        Subject call: call | calls | hop | hops | step | steps | event log
        Service: service | services | svc | svcs | microservice | microservices | app | apps | application | applications
        And: and | & | plus | while | whilst | but | && | yet | although | though
        Or: or | nor | || | and/or
        Comma: ,
        Break: . | ; | ? | ! | : | i mean | i.e | i.e. | that is to say | meaning | in other words
        Not: not | never | isn't | aren't | don't | doesn't | didn't | non | none | neither | other than | anything but | excluding | except | except for | apart from | ignoring | excludes | rather than | outside | outside of | away from | can not | != | hasn't | haven't | wasn't | weren't
        Without: without | missing | lacking | lack | lacks | no | w/o | miss | misses | free of | devoid of
        Match exact: is exactly | exactly equal to | exactly equals
        Match prefix: starts with | start with | starting with | begins with | begin with | beginning with | prefixed with | prefixed by | prefix | with prefix | with the prefix
        Match suffix: ends with | end with | ending with | ends in | ending in | suffixed with | suffix | with suffix
        Match contains: contains | contain | containing | includes | include | including | mentions | mention | mentioning | has the word | with the word | has the text | substring
        Match regex: matches | match | matching | like | =~ | matches regex | matching the regex | matching the pattern | matches the pattern | regex
        Match noregex: !~ | doesn't match | does not match
        With: include | includes | including | with | having | has | have | had | carry | carries | carrying | bearing | bear | bears | w/ | carried | recorded | records | record | contain | contains | containing | report | reporting | set
        Whose: that | which | where | whose | who | when | whereby | in which
        Copula: is | are | was | were | be | been | being | equals | equal | equal to | equals to | = | == | set to | of value | with value | has value | value | values | being set to
        Compare >: later than | more than | greater than | larger than | bigger than | higher than | over | above | exceeding | exceeds | exceed | beyond | in excess of | upwards of | > | past | longer than | slower than | blew past | went past | going past | gone past | gone over | went over | going over | went above | north of | took longer than | takes longer than | take longer than | taking longer than | took more than | greater | higher
        Compare <: earlier than | sooner than | within the first | less than | fewer than | lower than | smaller than | under | below | shorter than | faster than | quicker than | < | south of | took less than | taking less than
        Compare >=: at least | not less than | no less than | >= | no fewer than | minimum of | a minimum of | no shorter than | no faster than
        Compare <=: at most | no more than | not more than | <= | up to | within | a maximum of | maximum of | no longer than | not longer than | no slower than
        Compare =: exactly | precisely
        Between: between | anywhere between | somewhere between | anywhere from | ranging from | ranging between | from between | in the range
        Postfix >=: or more | or longer | or slower | or higher | or greater | or above | or larger | and up | and above | and higher | or over | +
        Postfix <=: or less | or fewer | or faster | or below | or lower | or shorter | or under | or quicker
        Function: fan out to | fans out to | fan out | fanning out to | producing | produce | produces | produced | handling | handles | handle | handled | perform | performs | performed | performing | make | makes | made | making | run | runs | running | ran | happen | happens | happened | occur | occurs | occurred | issue | issues | issuing | send | sends | sending | sent | serve | serves | serving | doing | done | generate | generates | generating | generated | emit | emits | emitting | emitted | originate | originates | finish | finished | finishes | complete | completed | completes | end | ends | ended | received | receive | receives | receiving
        Prep: touch | touches | touched | touching | cross | crosses | crossing | crossed | visit | visits | visited | visiting | pass through | passes through | passed through | went through | go through | goes through | going through | span across | involve | involves | involved | spanning | in | on | of | from | at | for | to | through | via | inside | into | against | towards | across | within | handled by | served by | produced by | emitted by | made by | sent by | reported by | coming from | originating from | originating in | running in | running on | belonging to | passing through | involving | out of | hosted in | hosted on | deployed in | deployed to
        Article: another | the | a | an | our | my | this | these | those | some
        Single: one | any | some | each | every | within one | within a single | within any | within the same | in one | inside one | inside a single | inside any | in any | in any one | in the same | for one | for a single | for any one | by any one | single | a single | one single | any single | any one | same | the same | one and the same | individual | given | any given
        Function: gimme | lemme | pls | plz | kindly | root cause | root causes | sit | sits | sitting | live | lives | living | kubernetes | k8s | apart | all | any | every | each | show | find | list | get | give | me | display | fetch | search | look | lookup | up | please | i | we | want | need | see | there | it | do | does | did | what | how | can | could | would | will | then | just | only | specifically | really | as | let | us | know | whatever | somewhere | anywhere | somehow | tell | about | kind of | sort of | instances | instance of | if | everything | anything | something | so | too | also exists | during | one | ones | look up | pull | pull up | retrieve | return me | filter | locate | eventually | different | separate | certain | specific | particular | under the same parent | with the same parent | having the same parent | sharing the same parent | altogether | in all | distinct | unique | is spent | was spent | gets spent | throwing | throws | threw | raised | raise | throw | goes by | spawn | spawns | spawning | spawned | hold | holds | holding | appear | appears | appeared | appearing | shows up | show up | showing up
        Both: both | either | each of | one of | any of | either of
        Pronoun: them | it | its | their | they | themselves | itself
        Called: called | named | name is | titled | by the name of | labelled | labeled | identified as | known as
        Present: is present | are present | present | is set | are set | exists | exist | is known | are known | known | was recorded | is defined | is available | is recorded | were recorded | is there
        Absent: is missing | are missing | is absent | absent | is not set | are not set | not set | isn't set | unset attribute | is empty | is undefined | undefined | not present | is not present | does not exist | is unknown | are absent
        Returned: returned | return | returning | returns | responded with | responding with | responds with | answered with | answering with | gave | resulted in | resulting in | got a | with status | ended with | ending with status | ended in | returned with | came back with | status of | response status | http | http status | code | codes | throwing a
        Took: took | take | takes | taking | lasted | lasts | lasting | last | ran for | running for | ran | runs for | needed | needing | spent | spending
        Began: rooted | starting | starts | originating | originates | originated | entering | enters | entered | span began | span started | span start | it started | it began | began | started | start | the start | beginning | into the span
        Also: in the same trace as | in which any span | in which some span | in which another span | in which a span | where any span | where some span | where another span | and any span | and some span | and another span | also | as well as | along with | together with | as well | in addition to | in addition | additionally | and somewhere | and elsewhere | combined with | and another | plus a | plus an
        Apart: not necessarily on the same span | not necessarily in the same span | on different spans | in different spans | anywhere in the trace | somewhere in the trace | in the same trace | within the same trace | within one trace | in one trace | not necessarily the same span | not on the same span | in a single trace
        Vague: slow | quick | long | long-running | fast | short | slower | faster | longer
        Judged: weird | strange | odd | suspicious | bad | good | poor | big | large | huge | small | tiny | heavy | expensive | cheap | flaky | important | critical | interesting | unusual | usual | normal | abnormal | chatty | noisy | busy | stuck | hanging | lots of | lots | many | too many | a lot of | plenty of | several | high | low | excessive | frequent | frequently | rare | rarely | often | sometimes | regularly | repeatedly | significant | significantly | considerable | considerably | a few | weekends | weekdays | business hours | office hours | at night
        Whole: end to end | as a whole | from start to finish | in its entirety | in their entirety | start to finish | overall
        Newest: newest | most recent | latest | most recently | freshest
        Sampled: sampled for speed | sample | samples | span sample | trace sample | sampled | approximately | approximate | sampling | with sampling | rough | roughly
        Select: as columns | with their | with its | along with their | together with their | showing | show me the | including their | and their | select | return only | returning only | and show | and show me | and display | listing | displaying | including the | plus their | alongside their | and return | and include | and list | along with the | together with the | and select | and report their
        """;

    public const string Structure = """
        Direct: directly | direct | immediately | immediate | straight
        Relation down: which in turn calls | which in turn call | that in turn calls | in turn calling | who in turn call | which then calls | which then call | calls out to | call out to | that call | that calls | which calls | which call | calling | calling into | calls into | hits | hit | hitting | reach | reaches | reaching | reached | invoke | invokes | invoking | invoked | talks to | talk to | talking to | talked to | queries the | going into | goes into | went into | flow into | flows into | flowing into | down into | down to | followed by | leads to | lead to | leading to | led to | ends up in | end up in | ending up in | and then | then | before reaching | fan out into | depends on | depend on | going to | goes to | go to | went to | going through to | into | trigger | triggers | triggering | causing | ->  | -> | => | >> | touches downstream | and eventually | eventually calls | then calls | cascading into | propagating to | on the way to | up to the call of
        Relation under: under | below | beneath | underneath | downstream of | downstream from | descended from | descend from | descends from | descending from | nested in | nested under | nested inside | nested within | made underneath | made under | made below | triggered by | caused by | called by | called from | called directly by | made directly by | directly made by | directly called by | called directly from | invoked directly by | directly invoked by | issued directly by | invoked by | invoked from | inside | issued by | issued under | issued from | initiated by | somewhere under | somewhere below | somewhere beneath | anywhere under | anywhere below | further down from | further below | deeper than | in the subtree of | spawned by | that come from | executed by | happening under | within a call to | inside of | that happen inside | as part of | beneath a | downstream
        Relation over: above | upstream of | upstream from | leading up to | on top of | higher up than | in front of | upstream
        Relation beside: next to | alongside | beside | sharing a parent with | share a parent with | with the same parent as | under the same parent | having the same parent | sharing the same parent | in parallel with | parallel to
        Kin child: child | children | child span | child spans | callee | callees | direct child | direct children
        Kin descendant: descendant | descendants | descendant span | descendant spans | sub-spans | subspans | offspring
        Kin parent: parent | parents | parent span | parent spans | caller | callers | direct parent | direct parents | calling span | calling spans
        Kin ancestor: ancestor | ancestors | ancestor span | ancestor spans
        Kin sibling: sibling | siblings | sibling span | sibling spans
        """;

    public const string Measures = """
        Aggregate avg: average | avg | mean | on average | averages | typical
        Aggregate min: minimum | min | smallest | lowest | least
        Aggregate max: maximum | max | largest | biggest | highest | peak | worst | worst-case | worst case | greatest
        Aggregate sum: total | sum | sum of | summed | in total | combined | cumulative | how much time | how much total time | adds up to | add up to | adding up to | sums up to | amounts to | added up | totals | aggregate
        Extreme slow: slowest | longest | longest running | longest-running | worst performing | slowest running | most time-consuming | longest lasting
        Extreme fast: fastest | quickest | shortest
        Extreme busy: called most often | called the most | used the most | hit the most | busiest | most used | most frequently called | most called | most active | most popular | most requested | highest traffic | chattiest | noisiest | heaviest used | hottest | most heavily used | most often called
        Extreme idle: called least often | called the least | used the least | quietest | least used | least active | least popular | least busy | lowest traffic | least called | least requested | least frequently called
        Extreme common: most common | most frequent | commonest | most often seen
        Extreme rare: rarest | least common | least frequent | most infrequent
        Extreme failing: fails most often | fail most often | fails the most | fail the most | failing most often | fails most | most failing | most erroring | failing the most | most error-prone | most error prone | flakiest | most unreliable
        Rate: rate | rates | how often | how frequently | per second | rps | qps | throughput | traffic | request volume | /s | a second | each second | requests per second | frequency | request rate | call rate | span rate
        Count: span count | span counts | how many | count | counts | number of | count of | numbers of | counted | amount of | volume of | volume | tally | the number
        Quantile: percentile | percentiles | quantile | quantiles | median | tail latency
        Histogram: histogram | histograms | heatmap | heat map | distribution | distributed | distributions | spread | bucketed
        Share: success rate | success ratio | availability | share | fraction | proportion | percentage | percent | ratio | what part | portion | what fraction
        Differ: different about | what is different | differs | differ | difference | differences | sets apart | set apart | distinguish | distinguishes | what sets | compare | comparing | compared | compared to | compared with | stands out about | in common | unusual about | special about | distinct about | versus | vs
        By: across | by | per | for each | for every | grouped by | group by | split by | split out by | broken down by | break down by | breakdown by | separated by | in each | of each | of every | across each | across all | bucketed by | by each | on each | over each | keyed by | partitioned by | segmented by | sliced by
        Top: top | first
        Top bottom: bottom | lowest ranking
        Most: most | the most | highest number of | largest number of | biggest number of | fewest | the fewest
        PerUnit 60: per minute | a minute | /min | rpm | each minute
        PerUnit 3600: per hour | an hour | hourly | each hour
        OverTime: over time | time series | timeseries | as a time series | as a series | trend | trends | graph | chart | plot | over the window | as a chart | as a graph | across time | through time | time line | timeline | evolution | history
        """;
}
