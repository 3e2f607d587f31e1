using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>Whether a running review can be limited to one theme of its framework, and what that does.</summary>
public static class ThemeRules
{
    /// <summary>Why a review cannot be limited to any theme now; null when it can.</summary>
    /// <returns><c>theme.no-questions</c>, <c>theme.regional</c>, <c>theme.late</c>, or why nobody can work in a review that does not
    /// run.</returns>
    public static Refusal? Closed(ProcessState state, Dossier dossier)
    {
        if (!KnownStages.Serve(state.Definition, AssessmentToSign.Stage))
            return Conflict("theme.no-questions");
        // Other States wrote to all of it.
        if (dossier.Region is not null)
            return Conflict("theme.regional");
        return StageDoor.Closed(state, AssessmentToSign.Stage) switch
        {
            null or { Code: ProcessRefusals.TooEarly } => null,
            { Code: ProcessRefusals.AlreadyDone } => Conflict("theme.late"),
            var halted => halted,
        };
    }

    /// <summary>What limiting it to a theme does, or why it cannot be done.</summary>
    /// <returns>As <see cref="Closed"/> and <see cref="Scope.OnTheme"/>, or <c>theme.same</c>, <c>theme.outside</c>,
    /// <c>theme.expert-recused</c>.</returns>
    public static Verdict<ThemeChange> Of(Framework framework, ProcessState state, Dossier dossier, string theme)
    {
        if (Closed(state, dossier) is { } closed)
            return closed;
        return Scope.OnTheme(framework, state.Variant, theme, []).Match(items => Of(theme, items, dossier), refused => refused);
    }

    private static Verdict<ThemeChange> Of(string theme, ImmutableArray<string> items, Dossier dossier)
    {
        if (items.SequenceEqual(dossier.Items))
            return Conflict("theme.same");
        // There is no way back to what was left out.
        if (items.Any(dossier.FallsOutside))
            return Conflict("theme.outside");
        if (dossier.Holding(RoleCode.Expert).Any(expert => items.All(item => RecusalRules.IsRecused(dossier, expert, item))))
            return Conflict("theme.expert-recused");
        return new ThemeChange(theme, items, [.. dossier.Items.Except(items, StringComparer.Ordinal)], [.. items.Except(dossier.Items, StringComparer.Ordinal)]);
    }

    /// <summary>The themes a review can be limited to now, in the order of the framework.</summary>
    public static ImmutableArray<string> Choices(Framework framework, ProcessState state, Dossier dossier) =>
        [.. framework.Themes.Where(theme => Of(framework, state, dossier, theme) is Verdict<ThemeChange>.Accepted)];

    private static Refusal Conflict(string code) => new(code, RefusalKind.Conflict, "theme");
}

/// <summary>A review as it would be after it was limited to a theme.</summary>
/// <param name="Items">All it would be about.</param>
/// <param name="Falls">Items it is about now and would not be any more.</param>
/// <param name="Comes">Items of the theme it is not about now.</param>
public sealed record ThemeChange(string Theme, ImmutableArray<string> Items, ImmutableArray<string> Falls, ImmutableArray<string> Comes);
