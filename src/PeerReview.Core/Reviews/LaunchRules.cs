using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Core.Report;

namespace PeerReview.Core.Reviews;

/// <summary>What a State authority asks for when it launches.</summary>
/// <param name="Items">Items of its own choice beside the fixed ones.</param>
/// <param name="Promise">Document to the choice that is the most ever published without a new signature.</param>
/// <param name="Register">Whether the public register may show the review.</param>
/// <param name="CooldownReason">Why the same items are reviewed again within two years; empty otherwise.</param>
public sealed record LaunchNotice(
    string Process,
    string SubjectKind,
    string Variant,
    ImmutableArray<string> Items,
    string WorkingLanguage,
    ImmutableArray<string> PublicationLanguages,
    ImmutableSortedDictionary<string, string> Promise,
    bool Register,
    string CooldownReason)
{
    /// <summary>Whether stakeholders can be invited to contribute, where the variant leaves that to the State.</summary>
    public bool Stakeholders { get; init; }

    /// <summary>Stages that take place though the process lets them be left out.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];

    /// <summary>The reviewing States, where the process has them known at launch or the launch names them already.</summary>
    public ImmutableArray<string> Reviewers { get; init; } = [];

    /// <summary>For a regional or subregional subject, the codes of the States that take part beside the one that leads; null for a
    /// national one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Participants { get; init; }

    /// <summary>The one norm, pillar or group the review is about alone; null where it is about the whole framework.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Theme { get; init; }

    /// <summary>Guards of the launch that hold by the word of whoever launches.</summary>
    public ImmutableArray<string> States { get; init; } = [];

    /// <summary>The documents that the first stage of a programme's own process makes, by their ids; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? Documents { get; init; }
}

/// <summary>Whether a launch notice can be accepted.</summary>
public static class LaunchRules
{
    /// <summary>Everything that is wrong with a notice, each with its field; the items in scope when nothing is.</summary>
    /// <param name="recent">Items of reviews of the same subject published within the cooldown (guard G-COOL).</param>
    /// <param name="offered">Variants that can be launched.</param>
    public static Verdict<ImmutableArray<string>> Check(
        LaunchNotice notice, ProcessDefinition process, Framework framework, IReadOnlyCollection<string> recent, VariantsOffered offered)
    {
        var problems = new List<Refusal>();
        if (notice.Process != process.Id)
            problems.Add(Invalid("launch.unknown-process", "process").With("process", process.Id));
        if (process.FindSubject(notice.SubjectKind) is null)
            problems.Add(Invalid("launch.unknown-subject-kind", "subject_kind"));
        else if (notice.SubjectKind != Region.National && !KnownStages.Serve(process, EndorsementRules.Stage))
            problems.Add(Invalid("launch.subject-kind-not-offered", "subject_kind"));
        var items = Items(notice, process, framework, offered, problems);
        Languages(notice, problems);
        Promises(notice, process, offered, problems);
        OwnProcess(notice, process, problems);
        if (notice.CooldownReason.Length == 0 && items.Any(item => recent.Contains(item, StringComparer.Ordinal)))
            problems.Add(Invalid("launch.cooldown", "cooldown_reason").With("days", process.Limits.CooldownDays));
        return problems.Count > 0 ? Refusal.Of(problems) : items;
    }

    private static ImmutableArray<string> Items(
        LaunchNotice notice, ProcessDefinition process, Framework framework, VariantsOffered offered, List<Refusal> problems)
    {
        if (process.FindVariant(notice.Variant) is null)
            problems.Add(Invalid("launch.unknown-variant", "variant"));
        else if (!offered.Has(notice.Variant))
            problems.Add(Invalid("launch.variant-not-offered", "variant").With("variant", notice.Variant));
        else if (!KnownStages.Serve(process, "self_assess"))
            return notice.Items.IsEmpty && notice.Theme is null ? [] : Refused(Invalid("launch.no-items", "items"), problems);
        else
            return InScope(notice, framework).Match(items => items, refused => Refused(refused, problems));
        return [];
    }

    private static Verdict<ImmutableArray<string>> InScope(LaunchNotice notice, Framework framework) => notice.Theme is { } theme
        ? Scope.OnTheme(framework, notice.Variant, theme, notice.Items)
        : Scope.Of(framework, notice.Variant, notice.Items);

    private static void Languages(LaunchNotice notice, List<Refusal> problems)
    {
        if (!AnswerRules.Languages.Contains(notice.WorkingLanguage, StringComparer.Ordinal))
            problems.Add(Invalid("launch.unknown-language", "working_language"));
        if (notice.PublicationLanguages.Any(l => !AnswerRules.Languages.Contains(l, StringComparer.Ordinal)))
            problems.Add(Invalid("launch.unknown-language", "publication_languages"));
        else if (notice.PublicationLanguages is not [var only] || only != notice.WorkingLanguage)
            problems.Add(Invalid("launch.publication-language-not-offered", "publication_languages"));
    }

    private static ImmutableArray<string> Refused(Refusal problem, List<Refusal> problems)
    {
        problems.Add(problem);
        return [];
    }

    /// <summary>What only a process of a programme's own asks: which optional stages take place, who reviews, what somebody states.</summary>
    private static void OwnProcess(LaunchNotice notice, ProcessDefinition process, List<Refusal> problems)
    {
        foreach (var stage in notice.Optional.Where(id => process.FindStage(id)?.OptionalIn.Contains(notice.Variant, StringComparer.Ordinal) != true))
            problems.Add(Invalid("launch.not-optional", "optional").With("stage", stage));
        if (ToState(process).Except(notice.States, StringComparer.Ordinal).Any())
            problems.Add(Invalid("stage.not-stated", "states"));
        var makes = Makes(process);
        foreach (var document in makes.Where(id => notice.Documents?.GetValueOrDefault(id) is not { Length: > 0 and <= StageDocuments.MaxText } text || !Text.IsReadable(text)))
            problems.Add(Invalid("stage.text", $"document.{document}").With("max", StageDocuments.MaxText));
        if (notice.Documents?.Keys.Any(id => !makes.Contains(id, StringComparer.Ordinal)) == true)
            problems.Add(Invalid("launch.unknown-document", "documents"));
        if (notice.Reviewers.IsEmpty)
        {
            if (process.First.Exit.Any(exit => exit.Guard == "G-DRAW") && process.FindVariant(notice.Variant) is { ReviewingStates: > 0 and var places })
                problems.Add(Invalid("stage.reviewers-count", "reviewers").With("places", places));
            return;
        }

        if (ReviewingStates.Problem(notice.Reviewers, process, notice.Variant) is { } problem)
            problems.Add(problem);
    }

    /// <summary>What whoever launches states, because the product cannot know it.</summary>
    public static IEnumerable<string> ToState(ProcessDefinition process) => process.First.Exit.Select(exit => exit.Guard)
        .Where(guard => process.Guards.First(g => g.Id == guard).Attested);

    /// <summary>The documents that are written with the launch; none in the process every programme offers, whose launch is the notice.</summary>
    public static ImmutableArray<string> Makes(ProcessDefinition process) => process.OfferedByDefault ? [] : process.First.Makes;

    private static void Promises(LaunchNotice notice, ProcessDefinition process, VariantsOffered offered, List<Refusal> problems)
    {
        if (!KnownStages.Serve(process, "pub_decide"))
        {
            if (notice.Promise.Count > 0)
                problems.Add(Invalid("launch.unknown-document", "promise"));
            return;
        }

        var documents = offered.Has(notice.Variant) ? PublishedDocuments.Of(notice.Variant) : PublishedDocuments.All;
        foreach (var document in documents.Where(d => !notice.Promise.ContainsKey(d)))
            problems.Add(Invalid("launch.promise-missing", $"promise.{document}"));
        foreach (var (document, choice) in notice.Promise)
        {
            if (!documents.Contains(document, StringComparer.Ordinal))
                problems.Add(Invalid("launch.unknown-document", "promise"));
            else if (PublishedDocuments.FindChoice(choice) is null)
                problems.Add(Invalid("launch.unknown-choice", $"promise.{document}"));
        }
    }

    private static Refusal Invalid(string code, string field) => new(code, RefusalKind.Invalid, field);
}
