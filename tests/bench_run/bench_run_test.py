"""The arithmetic of deploy/bench, without a registry."""

import os
import re
import sys
import unittest
import unittest.mock
import xml.dom.minidom

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "bench", "run"))

# pylint: disable=wrong-import-position
import arguments
import bench
import charts
import goals
import metrics
import page
import peers
import plan as plans
import summary
import table
from watch import Sample, cost_of


def record(side, command, load, number, per_second, variant="", **more):
    return {"side": side, "command": command, "load": load, "variant": variant, "round": number,
            "per_second": per_second, **more}


class SummaryTest(unittest.TestCase):
    def test_the_best_load_is_that_of_the_best_median_not_of_the_best_round(self):
        found = summary.Summary([record("postel", "create", load, number, rate)
                                 for load, rates in ((64, (90, 100, 110)), (128, (50, 60, 500)))
                                 for number, rate in enumerate(rates)])
        self.assertEqual(found.best("postel", "create").load, 64)

    def test_more_sessions_than_asked_for_do_not_count(self):
        found = summary.Summary([record("postel", "create", 64, 1, 10), record("postel", "create", 512, 1, 90)])
        self.assertEqual(found.best("postel", "create", most=256).load, 64)

    def test_spread_is_half_the_range_in_per_cent_of_the_median(self):
        self.assertAlmostEqual(summary.spread([90, 100, 130]), 20.0)
        self.assertIsNone(summary.spread([100]))

    def test_the_ratio_is_of_medians_and_its_spread_of_the_rounds_ratios(self):
        found = summary.Summary(
            [record("postel", "create", 64, number, rate) for number, rate in ((1, 400), (2, 200), (3, 300))]
            + [record("classical", "create", 8, number, rate) for number, rate in ((1, 100), (2, 50), (3, 75))])
        value, spread = summary.ratio(found.best("postel", "create"), found.best("classical", "create"))
        self.assertAlmostEqual(value, 4.0)
        self.assertAlmostEqual(spread, 0.0)  # the machine was slower in a round for both


class ChangeGoalsTest(unittest.TestCase):
    def rows(self, records, **findings):
        return {row.title: row for row in goals.rows(summary.Summary(records, {"change by change": findings}))}

    def test_lags_have_their_limits_by_server(self):
        lag = {"p50_ms": 40, "p99_ms": 300, "max_ms": 900}
        rows = self.rows([record("postel", "follow", 100, 1, 100, server, **lag) for server in ("primary", "secondary", "EPP")])
        self.assertEqual(rows["signed at the primary, p50"].verdict, "met")
        self.assertEqual(rows["signed at the primary, p99"].verdict, "missed")
        self.assertEqual(rows["signed at the secondary, p99"].verdict, "met")
        self.assertIsNone(rows["signed at the secondary, max"].met)
        self.assertNotIn("signed at the EPP, p50", rows)

    def test_sustained_rates_stand_beside_bind_alone(self):
        rows = [row for row in goals.rows(summary.Summary(
            [record("bind", "updates", 100, 1, 9000)], {"change by change": {"sustained": {"EPP": 3000, "feed": 12000}}}))]
        self.assertEqual([row.verdict for row in rows], ["missed", "met, and the aim"])
        self.assertEqual(rows[0].peer, "BIND 9,000/s @100")

    def test_a_comparison_is_a_ratio_of_times(self):
        rows = self.rows([record(side, "compare", 1, 1, 1, elapsed_ms=elapsed)
                          for side, elapsed in (("postel", 900), ("dig", 500), ("reader", 300))])
        self.assertAlmostEqual(rows["comparison / AXFR by dig"].value, 1.8)
        self.assertEqual(rows["comparison / AXFR by dig"].verdict, "met")
        self.assertAlmostEqual(rows["comparison / AXFR by reader"].value, 3.0)

    def test_updates_of_name_servers_show_memory_and_loading(self):
        rows = self.rows([record("knot", "update", 1, 1, 5, p50_ms=260)], knot={"memory_mib": 900, "load_seconds": 12})
        self.assertEqual((rows["one update, Knot, p50"].postel, rows["one update, Knot, p50"].peer), ("900 MiB", "loads in 12.0 s"))

    def test_catching_up_is_shown_with_what_epp_felt(self):
        rows = self.rows([], **{"catch-up": [{"changes": 20000, "seconds": 4, "per_second": 5000, "epp_p99_ms": 7.5}]})
        self.assertEqual(rows["catching up, 20,000 changes"].peer, "EPP p99 7.5 ms")


class GoalsTest(unittest.TestCase):
    def test_look_ups_are_compared_with_the_peer_of_their_kind(self):
        found = summary.Summary(
            [record("postel", "look-up", 128, 1, rate, variant) for variant, rate in (("cached", 80), ("whois", 30))]
            + [record("nginx", "look-up", 128, 1, rate, variant) for variant, rate in (("static", 100), ("connections", 40))]
            + [record("postel", "look-up", 128, 1, 40, "cached, half load", p50_ms=1, p99_ms=12, rate=40)])
        rows = {row.title.strip(): row for row in goals.rows(found)}
        self.assertAlmostEqual(0.8, rows["RDAP, kept / nginx, a static file"].value)
        self.assertAlmostEqual(0.75, rows["WHOIS / nginx, a connection each"].value)
        self.assertEqual("missed", rows["at half of that, p99"].verdict)
        self.assertNotIn("RDAP, from PostgreSQL / nginx", rows)

    def test_a_zone_is_compared_by_its_names_and_its_memory_is_told(self):
        found = summary.Summary(
            [record("postel", "zone", 1, number, 1000, elapsed_ms=2000 * number, peak_kib=700 * 1024,
                    cpu_ms=6000) for number in (1, 2, 3)]
            + [record("psql", "zone", 1, number, 200, "sorted", elapsed_ms=10000, cpu_ms=12000) for number in (1, 2, 3)],
            {"zone": {"names": 2000}})
        rows = {row.title.strip(): row for row in goals.rows(found)}
        self.assertEqual(["whole zone / psql, sorted COPY", "its processor time", "its memory"], list(rows))
        zone = rows["whole zone / psql, sorted COPY"]
        self.assertAlmostEqual(5.0, zone.value)
        self.assertEqual(("4.0 s", "psql 10.0 s", "met"), (zone.postel, zone.peer, zone.verdict))
        self.assertAlmostEqual(2.0, rows["its processor time"].value)
        self.assertAlmostEqual(700.0, rows["its memory"].value)
        self.assertEqual("met, and the aim", rows["its memory"].verdict)
        self.assertIn("zone", " ".join(table.points_table(found.points)))

    def rows(self, postel, classical):
        return goals.rows(summary.Summary([record("postel", "create", 64, 1, postel),
                                           record("classical", "create", 8, 1, classical)]))

    def test_a_goal_is_missed_met_or_met_with_its_aim(self):
        for postel, verdict in ((499, "missed"), (500, "met"), (650, "met, and the aim")):
            self.assertEqual(self.rows(postel, 100)[0].verdict, verdict)

    def test_the_better_of_function_and_pipeline_is_the_single_call(self):
        found = goals.rows(summary.Summary([record("postel", "create", 64, 1, 300), record("call", "create", 8, 1, 100),
                                            record("pipelined", "create", 8, 1, 120)]))
        row = next(row for row in found if "single call" in row.title)
        self.assertAlmostEqual(row.value, 2.5)
        self.assertIn("pipelined", row.peer)

    def test_without_a_peer_there_is_no_verdict(self):
        row = goals.rows(summary.Summary([record("postel", "create", 64, 1, 300)]))[0]
        self.assertEqual((row.met, row.verdict), (None, "not measured"))


class StormTest(unittest.TestCase):
    def test_only_lists_in_their_own_order_have_a_goal(self):
        records = [record("postel", "storm", 256, 1, 30_000, order) for order in ("own order", "same order")]
        found = {"names": 200, "own order": {"min": 7, "max": 14, "mean": 10}, "same order": {"min": 0, "max": 90, "mean": 10}}
        rows = [row for row in goals.rows(summary.Summary(records, {"storm": found})) if "storm" in row.title or "wins" in row.title]
        self.assertEqual([30_000, 40, 30_000, 800], [round(row.value) for row in rows])
        self.assertEqual([True, True, None, None], [row.met for row in rows])


class NamesTest(unittest.TestCase):
    def test_renewals_get_the_expiry_of_their_own_names(self):
        run = bench.Bench(plans.make_plan(arguments.parse(["--quick"])), "build", "bin")
        run.registry = unittest.mock.Mock(**{"take_names.return_value": 4321})
        self.assertEqual(4321, run.names_for("renew")["first"])
        run.registry.expiry.assert_called_with(4321)


class CostTest(unittest.TestCase):
    @staticmethod
    def sample(second, answers, groups=None, epp=0, driver=1):
        return Sample(second, {"epp": epp, "postgres": 0, "driver": driver}, answers, groups,
                      None if groups is None else answers)

    def test_logins_before_the_first_answers_do_not_count(self):
        samples = [self.sample(second, 0, epp=second * 10**9) for second in range(5)]  # 4 s of logins
        samples += [self.sample(4 + second, 100 * second, epp=4 * 10**9 + second * 10**6) for second in range(1, 11)]
        self.assertAlmostEqual(cost_of(samples, 14, 9, 100)["cpu_us"]["epp"], 10.0)

    def test_the_group_size_is_that_of_the_same_time(self):
        samples = [self.sample(second, 100 * second, groups=10 * second) for second in range(10)]
        self.assertAlmostEqual(cost_of(samples, 9, 9, 100)["group"], 10.0)

    def test_without_the_servers_count_the_drivers_rate_serves(self):
        samples = [self.sample(second / 2, None, epp=second * 500_000) for second in range(21)]
        found = cost_of(samples, 10, 10, 100)
        self.assertAlmostEqual(found["cpu_us"]["epp"], 10.0)
        self.assertIsNone(found["group"])


class ReadingTest(unittest.TestCase):
    TEXT = """# HELP postel_epp_commands_total Answers
postel_epp_commands_total{code="1000",command="domain-create"} 7
postel_epp_commands_total{code="2302",command="domain-create"} 3
postel_epp_commands_total{code="1000",command="login"} 9
postel_epp_sessions 4
"""

    def test_metrics_are_summed_over_labels_and_absent_ones_are_none(self):
        lines = metrics.parse(self.TEXT)
        self.assertEqual(metrics.answers(lines, "create"), 10)
        self.assertEqual(metrics.total(lines, "epp_commands", command=("domain-create",), code=("1000",)), 7)
        self.assertEqual(metrics.total(lines, "epp_sessions"), 4)
        self.assertEqual(metrics.groups(lines), (None, None))

    def test_pgbench_is_read_with_percentiles_by_nearest_rank(self):
        found = peers.read_pgbench("tps = 50.5 (without initial connection time)", list(range(1000, 101_000, 1000)))
        self.assertEqual((found["per_second"], found["p50_ms"], found["p99_ms"], found["max_ms"]), (50.5, 50.0, 99.0, 100.0))

    def test_an_include_takes_the_name_that_the_id_has_there(self):
        text = peers.expand("a\n\\include links.sql\nb", replaced="new_id")
        self.assertIn("new_id", text)
        self.assertNotIn(":id", text)


class PlanTest(unittest.TestCase):
    def test_scenarios_share_their_steps(self):
        steps = plans.round_steps(plans.make_plan(arguments.parse(["--only", "create,latency"])))
        self.assertEqual(len(steps), len(set(steps)))

    def test_quick_has_what_every_goal_of_throughput_needs(self):
        steps = plans.round_steps(plans.make_plan(arguments.parse(["--quick"])))
        sides = {(step.side, step.command) for step in steps}
        for command in ("create", "renew", "check", "info"):
            self.assertLessEqual({("postel", command), ("classical", command)}, sides)
        self.assertIn(("copy", "create"), sides)


class ReportTest(unittest.TestCase):
    def test_all_plots_parse_and_the_page_fetches_nothing(self):
        cpu = {"epp": 20.0, "postgres": 60.0, "driver": 9.0}
        percentiles = {"p50_ms": 1.0, "p90_ms": 2.0, "p99_ms": 9.0, "p999_ms": 30.0}
        records = [record(side, command, load, 1, 100.0 * load, cpu_us=cpu, group=load / 2, **percentiles)
                   for side in ("postel", "classical") for command in ("create", "renew", "check", "info")
                   for load in (1, 64, 256)]
        series = [{"second": n, "answers": 100 + n, "p50_ms": 1.0, "p99_ms": 2.0, "max_ms": 3.0} for n in range(3000)]
        long_run = {"rate": 200, "minutes": 50, "longest_gap_ms": 80.0, "max_ms": 90.0,
                    "checkpoints": {"checkpoints": 3}, "autovacuums": {"domains": {"vacuum": 1, "analyze": 2}},
                    "create": {"series": series}, "renew": {"series": series}}
        found = summary.Summary(records, {"endurance": long_run})
        rows = goals.rows(found)
        run = {"at": "2026-01-02T03:04:05+00:00", "warnings": ["<busy>"], "notes": [], "arguments": {"quick": True},
               "plan": {"domains": 10, "rounds": 1, "seconds": 1},
               "conditions": {"cores": 2, "cpu": "A & B", "postgresql": {"server_version": "15"}, "commit": None,
                              "dirty": False, "memory_gib": 1, "kernel": "6", "machine": "x", "file_system": "ext4",
                              "fdatasync_us": 100, "load_before": 0.0}}
        text = page.render(run, rows, found)
        drawn = re.findall("<svg.*?</svg>", text, re.DOTALL)
        self.assertEqual(len(drawn), 8)
        for svg in [*drawn, charts.document(charts.endurance(long_run))]:
            xml.dom.minidom.parseString(svg)
        self.assertIn("&lt;busy&gt;", text)
        self.assertNotRegex(text, r"<script|<link|<img|url\(|(src|href)=")

    def test_the_tables_fit_into_100_columns(self):
        found = summary.Summary([record("pipelined", "create", 128, 1, 123456.0, "pipeline 8", p50_ms=1234.0, p99_ms=1234.0,
                                        max_ms=1234.0, group=128.0, cpu_us={"epp": 99.9, "postgres": 999.0, "driver": 99.0}),
                                 record("postel", "create", 256, 1, 123456.0), record("classical", "create", 32, 1, 12345.0),
                                 record("call", "create", 32, 1, 12345.0)])
        for line in table.points_table(found.points) + table.goals_table(goals.rows(found)):
            self.assertLessEqual(len(line), 100, line)

    def test_axes_have_round_steps(self):
        self.assertEqual(charts.ticks(14_600), [0, 5000, 10_000, 15_000])
        self.assertEqual(charts.ticks(0), [0, 1])


if __name__ == "__main__":
    unittest.main()
