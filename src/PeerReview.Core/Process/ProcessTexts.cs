using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Every text of a process that people read, with its path: the one walk that translating and checking a
/// translation share.</summary>
internal static class ProcessTexts
{
    /// <summary>The paths of all texts.</summary>
    public static ImmutableArray<string> Paths(DefinitionParts parts)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        Map(parts, (path, text) =>
        {
            paths.Add(path);
            return text;
        });
        return paths.ToImmutable();
    }

    /// <summary>The same with each text replaced. The hash stays: it is over the English texts.</summary>
    public static DefinitionParts Map(DefinitionParts p, Func<string, string, string> text) => p with
    {
        Title = text("title", p.Title),
        Parties = [.. p.Parties.Select(x => x with { Title = text($"parties.{x.Id}.title", x.Title) })],
        Roles = [.. p.Roles.Select(x => x with { Title = text($"roles.{x.Id}.title", x.Title) })],
        Variants = [.. p.Variants.Select(x => x with { Title = text($"variants.{x.Id}.title", x.Title) })],
        Subjects = [.. p.Subjects.Select(x => x with
        {
            Title = text($"subjects.{x.Id}.title", x.Title),
            Owner = text($"subjects.{x.Id}.owner", x.Owner),
        })],
        PauseReasons = [.. p.PauseReasons.Select(x => x with { Text = text($"pause_reasons.{x.Id}.title", x.Text) })],
        Documents = [.. p.Documents.Select(x => x with { Title = text($"documents.{x.Id}.title", x.Title) })],
        Guards = [.. p.Guards.Select(x => IsRead(p, x) ? x with { Text = text($"guards.{x.Id}.holds_when", x.Text) } : x)],
        Conditions = [.. p.Conditions.Select(x => IsRead(p, x) ? x with { Text = text($"conditions.{x.Id}.holds_when", x.Text) } : x)],
        Stages = [.. p.Stages.Select(x => x with
        {
            Title = text($"stages.{x.Id}.title", x.Title),
            What = text($"stages.{x.Id}.what", x.What),
            OnSilence = x.OnSilence is { } silence ? silence with { Text = text($"stages.{x.Id}.silence", silence.Text) } : null,
        })],
    };

    // What somebody states, or is asked, on the page of a stage; the others say what the product computes.
    private static bool IsRead(DefinitionParts p, Guard guard) => guard.Attested
        || p.Stages.Any(stage => IsGeneric(stage) && stage.Exit.Any(exit => exit.Guard == guard.Id));

    private static bool IsRead(DefinitionParts p, Condition condition) => condition.FailedStage is null
        && p.Stages.Any(stage => IsGeneric(stage) && stage.When == condition.Id);

    private static bool IsGeneric(Stage stage) => !stage.After.IsEmpty && !KnownStages.Serve(stage);
}
