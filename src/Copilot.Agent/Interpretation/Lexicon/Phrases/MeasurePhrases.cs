namespace Copilot.Agent.Interpretation.Lexicon.Phrases;

/// <summary>Words for numbers.</summary>
internal static class MeasurePhrases
{
    public const string Text = """
        ErrorRate: error rate | error rates | errors rate | err rate | err rt | error rt | err r8 | errrate | errorrate | failure rate | failure rates | fail rate | failed rate | error ratio | failure ratio | error percentage | failure percentage | error percent | error quota | error pct | err pct | err ratio | 5xx rate | 5xx ratio | 5xx percentage | 500 rate | rate of errors | rate of failures | rate of failed requests | failed request rate | failing rate | fault rate | exception rate | how often fails | how often fail | fehlerrate | fehlerquote | fehleranteil | error budget burn | unreliability | how reliable | how unreliable
        SuccessRate: success rate | success ratio | success percentage | availability | uptime | erfolgsrate | erfolgsquote | success pct
        Throughput: throughput | requests s | request s | calls s | thruput | thoughput | rps | qps | tps | req/s | reqs/s | requests/s | requests/sec | request rate | requests rate | call rate | requests per second | reqs per second | req per second | req per sec | requests per sec | calls per second | messages per second | rate of requests | durchsatz | anfragerate | anfragen pro sekunde | requests pro sekunde | req s | reqs s | reqs per sec | per second | a second | pro sekunde
        Mean: average | avg | mean | averaged | on average | in average | durchschnitt | durchschnittliche | durchschnittlicher | durchschnittlichen | im schnitt | mittlere | mittlerer | typical | typically | avrg | averge
        Median: median | medium latency
        Percentile: percentile | perzentil | pctl | percentiles
        Maximum: max | maximum | worst case | longest | highest | peak | maximale | maximaler | greatest | largest | worst latency | worst response time | worst duration
        Minimum: min | minimum | shortest | lowest | best case | minimale | smallest
        Latency: latency | latencies | lat | latenz | latenzen | latenzzeit | duration | durations | response time | response times | resp time | resp times | processing time | antwortzeit | antwortzeiten | dauer | response latency | request time | service time | runtime | run time | time taken | round trip time | rtt | laufzeit | timing
        Count: how many | how much | number of | number | count of | count | counts | total number of | total number | amount of | quantity of | no of | nr of | num of | how many times | how often | anzahl | anzahl der | anzahl von | wie viele | wieviele | wieviel | wie viel | wie oft | in total | total count | total of | tally | count up | counting | zahl der
        Share: what percentage | percentage of | percentage | percent of | what percent | what fraction | fraction of | fraction | what share | share of | what portion | portion of | which portion | which fraction | which proportion | what proportion | proportion of | proportion | ratio of | what ratio | anteil | prozentsatz | welcher anteil | wie viel prozent | wieviel prozent | how many percent | pct of | what pct | in percent | which percentage | which share
        Traffic: traffic | volume | request volume | traffic volume | load | verkehr | last von | aufkommen
        """;
}
