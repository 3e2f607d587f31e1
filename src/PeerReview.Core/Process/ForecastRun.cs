using System.Collections.Immutable;
using PeerReview.Core.Calendar;

namespace PeerReview.Core.Process;

/// <summary>One pass forward for the ends, one backward for the slack.</summary>
internal sealed class ForecastRun
{
    private readonly ForecastCase _case;
    private readonly ProcessDefinition _definition;
    private readonly Node[] _nodes;

    public ForecastRun(ForecastCase @case)
    {
        _case = @case;
        _definition = @case.Definition;
        _nodes = new Node[_definition.Stages.Length];
        foreach (var i in _definition.Order)
            _nodes[i] = Forward(_definition.Stages[i]);
    }

    public DateOnly EndOf(Stage stage) => _nodes[stage.Index].Ends;

    public ImmutableArray<StageForecast> Stages(Stage target)
    {
        var latest = Latest(target);
        return
        [
            .. from stage in _definition.Stages
               where _definition.Exists(stage, _case.Variant, _case.Subject)
               let n = _nodes[stage.Index]
               let slack = latest[stage.Index] is { } l && !n.Status.IsClosed() ? l.DayNumber - n.Ends.DayNumber : (int?)null
               select new StageForecast(stage, n.Status, n.Takes, n.Starts, n.Ends, n.Days, slack, Calendar(stage).Zone.Id),
        ];
    }

    /// <summary>From the target back along the predecessor that ended last; stages that do not take place are left out.</summary>
    public ImmutableArray<string> PathTo(Stage target)
    {
        var path = ImmutableArray.CreateBuilder<string>();
        for (Stage? at = target; at is not null; at = LastBefore(at))
        {
            if (_nodes[at.Index].Takes)
                path.Add(at.Id);
        }

        path.Reverse();
        return path.ToImmutable();
    }

    private Node Forward(Stage stage)
    {
        var before = LastBefore(stage) is { } last ? _nodes[last.Index].Ends : _case.Starts;
        var status = _case.State?[stage].Status ?? StageStatus.Waiting;
        var calendar = Calendar(stage);
        if (status.IsClosed())
        {
            // A stage that did not take place ended when what came before it ended.
            var ended = status == StageStatus.Skipped ? before : DueDay.In(calendar.Zone, _case.State![stage].ClosedAt!.Value);
            return new Node(status, status != StageStatus.Skipped, before, ended, 0);
        }

        if (!TakesPlace(stage))
            return new Node(status, false, before, before, 0);
        var days = _definition.Days(stage, _case.Variant) ?? 0;
        var node = status == StageStatus.Open
            ? Open(stage, calendar, days)
            : new Node(status, true, before.AddDays(stage.Offset),
                DueDay.Of(before.AddDays(stage.Offset), days, calendar, _case.Facts.Sessions, _case.Facts.Rolling), days);
        return stage.Id == _case.LateStage ? node with { Ends = node.Ends.AddDays(_case.LateDays) } : node;
    }

    private Node Open(Stage stage, PartyCalendar calendar, int days)
    {
        var at = _case.State![stage];
        var opened = DueDay.In(calendar.Zone, at.OpenedAt!.Value);
        var starts = at.Deadline?.Starts ?? opened;
        var due = at.Deadline?.Day ?? opened.AddDays(days);
        return new Node(StageStatus.Open, true, starts, due > _case.Today ? due : _case.Today, days);
    }

    /// <summary>The latest end of each stage that leaves the target where it is; null for stages not before it.</summary>
    /// <remarks>Takes the length a stage has in this forecast, rolling included, as fixed.</remarks>
    private DateOnly?[] Latest(Stage target)
    {
        var latest = new DateOnly?[_nodes.Length];
        latest[target.Index] = _nodes[target.Index].Ends;
        foreach (var i in _definition.Order.Reverse())
        {
            if (latest[i] is not { } end)
                continue;
            var n = _nodes[i];
            var stage = _definition.Stages[i];
            var begin = n.Takes && !n.Status.IsClosed() ? end.AddDays(n.Starts.DayNumber - n.Ends.DayNumber - stage.Offset) : end;
            foreach (var before in stage.After)
            {
                var b = _definition.Stage(before).Index;
                if (latest[b] is null || begin < latest[b])
                    latest[b] = begin;
            }
        }

        return latest;
    }

    private bool TakesPlace(Stage stage)
    {
        if (!_definition.Exists(stage, _case.Variant, _case.Subject))
            return false;
        var chosen = _case.LeftOut.Has(stage.Id) || ((_case.State?.ChosenSkips ?? 0) & stage.Bit) != 0;
        // What has begun goes on, though it was to be left out of the variant the review has come back to.
        if (IsOpen(stage))
            return true;
        if (chosen && stage.OptionalIn.Has(_case.Variant))
            return false;
        return stage.When is null || _case.Assumed.Has(stage.When);
    }

    private bool IsOpen(Stage stage) => _case.State?[stage].Status == StageStatus.Open;

    private Stage? LastBefore(Stage stage)
    {
        Stage? last = null;
        foreach (var id in stage.After)
        {
            var before = _definition.Stage(id);
            if (last is null || _nodes[before.Index].Ends > _nodes[last.Index].Ends)
                last = before;
        }

        return last;
    }

    private PartyCalendar Calendar(Stage stage) => _case.Facts.CalendarOf(_definition.Role(stage.Acts[0]), null);

    private readonly record struct Node(StageStatus Status, bool Takes, DateOnly Starts, DateOnly Ends, int Days);
}
