using System.IO.Enumeration;

namespace CrmSync.Simulators.Shared;

/// <summary>
/// The troubles ahead. Each rule draws from its own generator, seeded by the plan's seed and the rule's number, once per
/// matching request: the n-th request a rule matches meets the same fate in every run.
/// </summary>
public sealed class FaultPlan(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<ActiveRule> _rules = [];
    private int _added;

    /// <summary>The rules in force, spent ones left out.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate)
            {
                return [.. _rules.Where(r => !r.IsSpent).Select(r => r.Rule)];
            }
        }
    }

    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add(new ActiveRule(rule, new Random(HashCode(seed, _added++))));
        }
    }

    /// <summary>The next matching request meets the fault, those after it do not.</summary>
    public void Once(Fault fault, string method = "*", string path = "*") => Add(new FaultRule(fault, method, path, Times: 1));

    /// <summary>Each matching request meets the fault with this probability, 0 to 1.</summary>
    public void Sometimes(double probability, Fault fault, string method = "*", string path = "*") =>
        Add(new FaultRule(fault, method, path, probability));

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
            _added = 0;
        }
    }

    /// <summary>The faults of one request: every delay and named trouble that hits, and the first of the others.</summary>
    internal IReadOnlyList<Fault> Draw(string method, string path)
    {
        lock (_gate)
        {
            var hits = new List<Fault>();
            foreach (var rule in _rules)
            {
                var decided = hits.Exists(f => IsExclusive(f.Kind));
                if (rule.Matches(method, path) && !(decided && IsExclusive(rule.Rule.Fault.Kind)) && rule.Strikes())
                {
                    hits.Add(rule.Rule.Fault);
                }
            }

            return hits;
        }
    }

    /// <summary>The named trouble of an operation inside the simulator, e.g. <c>DML</c> on <c>CaseComment</c>. Only rules that name the operation apply.</summary>
    internal string? DrawNamed(string operation, string target)
    {
        lock (_gate)
        {
            return _rules
                .Where(r => r.Rule.Fault.Kind == FaultKind.Named && r.Rule.Method == operation && r.Matches(operation, target))
                .FirstOrDefault(r => r.Strikes())?.Rule.Fault.Name;
        }
    }

    private static bool IsExclusive(FaultKind kind) =>
        kind is FaultKind.DropBefore or FaultKind.DropAfter or FaultKind.Refuse or FaultKind.FailAfter;

    // System.HashCode differs from process to process; a seed must not.
    private static int HashCode(int seed, int number) => unchecked((seed * 397) ^ (number * 7919));

    private sealed class ActiveRule(FaultRule rule, Random random)
    {
        private int _matched;
        private int _given;

        public FaultRule Rule => rule;

        public bool IsSpent => _given >= rule.Times;

        public bool Matches(string method, string path) =>
            !IsSpent
            && (rule.Method == "*" || string.Equals(rule.Method, method, StringComparison.OrdinalIgnoreCase))
            && FileSystemName.MatchesSimpleExpression(rule.Path, path, ignoreCase: true);

        public bool Strikes()
        {
            if (_matched++ < rule.Skip || random.NextDouble() >= rule.Probability)
            {
                return false;
            }

            _given++;
            return true;
        }
    }
}
