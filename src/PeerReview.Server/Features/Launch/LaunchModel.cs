using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Launch;

/// <summary>Where somebody may launch: a programme, for a State.</summary>
public sealed record LaunchPlace(Guid Programme, string ProgrammeName, string State, string StateName)
{
    /// <summary>The value of the choice.</summary>
    public string Value => $"{Programme}:{State}";
}

/// <summary>What the launch page draws.</summary>
/// <param name="Forecast">The stages with the days on which each would end if it were launched now.</param>
public sealed record LaunchModel(
    Form Form,
    IReadOnlyList<Refusal> Errors,
    ImmutableArray<LaunchPlace> Places,
    Framework Framework,
    Platform.Identity.Person Person,
    DateTimeOffset Now,
    ImmutableArray<ForecastDay> Forecast)
{
    /// <summary>The State chosen; null while the office has chosen none.</summary>
    public LaunchPlace? Place { get; init; }

    /// <summary>Whether the office launches for a State.</summary>
    public bool ByOffice { get; init; }

    /// <summary>The process the page is about, in the reader's language.</summary>
    public required ProcessDefinition Process { get; init; }

    /// <summary>All the person could launch by, in the reader's language.</summary>
    public required IReadOnlyList<ProcessDefinition> Processes { get; init; }

    /// <summary>The variant the page is about.</summary>
    public required string Variant { get; init; }

    /// <summary>Whether stakeholders are heard in any case: the variant does not leave it to the State.</summary>
    public bool HearsStakeholders =>
        Process.FindStage(StakeholderWindow.Call) is { } call && !call.OptionalIn.Contains(Variant, StringComparer.Ordinal);

    /// <summary>The kind of subject the page is about, as the process names it.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>Whether the page asks for one theme in place of items.</summary>
    public bool OnTheme { get; init; }

    /// <summary>The States that could take part; none for a national strategy.</summary>
    public IReadOnlyList<ChoiceOption> States { get; init; } = [];

    /// <summary>Those that can be chosen.</summary>
    public required VariantsOffered Offered { get; init; }

    /// <summary>Whether the State published a review not long ago: if the same items come again, it is asked why.</summary>
    public bool Cools { get; init; }

    /// <summary>Whether there is a last review whose answers can be taken over.</summary>
    public bool HasLast { get; init; }

    /// <summary>Reviews of the chosen State that are not over, the newest first.</summary>
    public ImmutableArray<RunningReview> Running { get; init; } = [];

    /// <summary>The time zone of the chosen State.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The States that could review, where they are named by hand; none elsewhere.</summary>
    public IReadOnlyList<ChoiceOption> Reviewers { get; init; } = [];

    /// <summary>The day of its launch there.</summary>
    public DateOnly DayOf(RunningReview review) => Zones.DayAt(review.LaunchedAt, Zone);
}

/// <summary>A review of the State that is not over.</summary>
/// <param name="LaunchedAt">UTC.</param>
public sealed record RunningReview(Guid Id, string State, string Variant, string ProcessId, int ProcessVersion, DateTimeOffset LaunchedAt)
{
    /// <summary>What kind of review it is, in the reader's language.</summary>
    public string Kind { get; init; } = "";
}

/// <summary>When a stage would end.</summary>
public sealed record ForecastDay(string Stage, string Title, DateOnly Day);
