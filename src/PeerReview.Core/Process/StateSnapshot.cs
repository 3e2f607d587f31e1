using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PeerReview.Core.Process;

/// <summary>The state in few characters: one letter a field, codes as numbers, instants as UTC ticks.</summary>
internal sealed record StateSnapshot
{
    /// <summary>Raised when the meaning of a field changes; an older text is then folded anew from events.</summary>
    private const int Current = 1;

    [JsonPropertyName("f")]
    public int Format { get; init; }

    /// <summary>Start of the definition's hash.</summary>
    [JsonPropertyName("d")]
    public string Definition { get; init; } = "";

    [JsonPropertyName("s")]
    public int Status { get; init; }

    [JsonPropertyName("v")]
    public string Variant { get; init; } = "";

    [JsonPropertyName("k")]
    public string Subject { get; init; } = "";

    [JsonPropertyName("l")]
    public long? Launched { get; init; }

    [JsonPropertyName("t")]
    public long? Since { get; init; }

    [JsonPropertyName("u")]
    public int? Until { get; init; }

    [JsonPropertyName("o")]
    public ulong Skips { get; init; }

    [JsonPropertyName("e")]
    public ImmutableArray<int> Deferrals { get; init; } = [];

    [JsonPropertyName("p")]
    public ImmutableArray<PauseSnapshot>? Pauses { get; init; }

    /// <summary>By index of the stage, those that were touched.</summary>
    [JsonPropertyName("g")]
    public ImmutableArray<StageSnapshot> Stages { get; init; } = [];

    public static StateSnapshot Of(ProcessState state) => new()
    {
        Format = Current,
        Definition = state.Definition.Hash[..16],
        Status = (int)state.Status,
        Variant = state.Variant,
        Subject = state.Subject,
        Launched = state.LaunchedAt?.UtcTicks,
        Since = state.StatusSince?.UtcTicks,
        Until = state.DeferredUntil?.DayNumber,
        Skips = state.ChosenSkips,
        Deferrals = state.Deferrals,
        Pauses = state.Pauses.IsEmpty
            ? null
            : [.. state.Pauses.Select(p => new PauseSnapshot(p.Party, p.Branch, p.Reason, p.Since.UtcTicks))],
        Stages = [.. Touched(state)],
    };

    public ProcessState ToState(ProcessDefinition definition)
    {
        if (Format != Current || Definition != definition.Hash[..16])
            throw new JsonException("The state belongs to another definition or format.");
        var stages = Enumerable.Repeat(StageState.Untouched, definition.Stages.Length).ToArray();
        foreach (var stage in Stages)
            stages[stage.Index] = stage.ToState();
        return ProcessState.Restore(definition, this, [.. stages]);
    }

    internal static DateTimeOffset? Instant(long? ticks) => ticks is { } t ? new DateTimeOffset(t, TimeSpan.Zero) : null;

    private static IEnumerable<StageSnapshot> Touched(ProcessState state)
    {
        for (var i = 0; i < state.Stages.Length; i++)
        {
            if (!ReferenceEquals(state.Stages[i], StageState.Untouched))
                yield return StageSnapshot.Of(i, state.Stages[i]);
        }
    }
}

internal sealed record PauseSnapshot(
    [property: JsonPropertyName("p")] string Party,
    [property: JsonPropertyName("b")] string? Branch,
    [property: JsonPropertyName("r")] string Reason,
    [property: JsonPropertyName("t")] long Since);

internal sealed record StageSnapshot
{
    [JsonPropertyName("i")]
    public int Index { get; init; }

    [JsonPropertyName("s")]
    public int Status { get; init; }

    [JsonPropertyName("o")]
    public long? Opened { get; init; }

    [JsonPropertyName("c")]
    public long? Closed { get; init; }

    [JsonPropertyName("k")]
    public int? Skipped { get; init; }

    [JsonPropertyName("n")]
    public int Round { get; init; }

    [JsonPropertyName("r")]
    public int? Returns { get; init; }

    [JsonPropertyName("b")]
    public string? ReturnedBy { get; init; }

    [JsonPropertyName("q")]
    public ImmutableArray<int>? Quorum { get; init; }

    [JsonPropertyName("p")]
    public ImmutableArray<PartSnapshot>? Parts { get; init; }

    public static StageSnapshot Of(int index, StageState stage) => new()
    {
        Index = index,
        Status = (int)stage.Status,
        Opened = stage.OpenedAt?.UtcTicks,
        Closed = stage.ClosedAt?.UtcTicks,
        Skipped = (int?)stage.Skipped,
        Round = stage.Round,
        Returns = stage.Returns == 0 ? null : stage.Returns,
        ReturnedBy = stage.ReturnedBy,
        Quorum = stage.Quorum.IsEmpty ? null : stage.Quorum,
        Parts = stage.Parts.IsEmpty ? null : [.. stage.Parts.Select(PartSnapshot.Of)],
    };

    public StageState ToState() => new()
    {
        Status = (StageStatus)Status,
        OpenedAt = StateSnapshot.Instant(Opened),
        ClosedAt = StateSnapshot.Instant(Closed),
        Skipped = (SkipCause?)Skipped,
        Round = Round,
        Returns = Returns ?? 0,
        ReturnedBy = ReturnedBy,
        Quorum = Quorum ?? [],
        Parts = Parts is { } parts ? [.. parts.Select(p => p.ToState())] : [],
    };
}

internal sealed record PartSnapshot
{
    [JsonPropertyName("b")]
    public string? Branch { get; init; }

    [JsonPropertyName("g")]
    public int Group { get; init; }

    [JsonPropertyName("s")]
    public int Status { get; init; }

    [JsonPropertyName("o")]
    public long Opened { get; init; }

    [JsonPropertyName("c")]
    public long? Closed { get; init; }

    [JsonPropertyName("x")]
    public int? Extensions { get; init; }

    [JsonPropertyName("q")]
    public bool? Silent { get; init; }

    [JsonPropertyName("d")]
    public DeadlineSnapshot? Deadline { get; init; }

    [JsonPropertyName("p")]
    public ImmutableArray<CompletionSnapshot>? Completions { get; init; }

    public static PartSnapshot Of(PartState part) => new()
    {
        Branch = part.Branch,
        Group = part.Group,
        Status = (int)part.Status,
        Opened = part.OpenedAt.UtcTicks,
        Closed = part.ClosedAt?.UtcTicks,
        Extensions = part.Extensions == 0 ? null : part.Extensions,
        Silent = part.Silent ? true : null,
        Deadline = part.Deadline is { } d ? new(d.Starts.DayNumber, d.Day.DayNumber, d.Zone, (int)d.Why) : null,
        Completions = part.Completions.IsEmpty
            ? null
            : [.. part.Completions.Select(c => new CompletionSnapshot(c.Role, c.Person?.Value, c.At.UtcTicks))],
    };

    public PartState ToState() => new()
    {
        Branch = Branch,
        Group = Group,
        Status = (PartStatus)Status,
        OpenedAt = new DateTimeOffset(Opened, TimeSpan.Zero),
        ClosedAt = StateSnapshot.Instant(Closed),
        Extensions = Extensions ?? 0,
        Silent = Silent ?? false,
        Deadline = Deadline is { } d
            ? new Deadline(DateOnly.FromDayNumber(d.Starts), DateOnly.FromDayNumber(d.Day), d.Zone, (DeadlineCause)d.Why)
            : null,
        Completions = Completions is { } done
            ? [.. done.Select(c => new Completion(c.Role, c.Person is { } p ? new PersonId(p) : null, new DateTimeOffset(c.At, TimeSpan.Zero)))]
            : [],
    };
}

internal sealed record DeadlineSnapshot(
    [property: JsonPropertyName("a")] int Starts,
    [property: JsonPropertyName("d")] int Day,
    [property: JsonPropertyName("z")] string Zone,
    [property: JsonPropertyName("w")] int Why);

internal sealed record CompletionSnapshot(
    [property: JsonPropertyName("r")] string Role,
    [property: JsonPropertyName("p")] Guid? Person,
    [property: JsonPropertyName("t")] long At);
