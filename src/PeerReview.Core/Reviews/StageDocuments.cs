using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>What is written on the page every stage has: the documents a process says the stage makes, each a text with versions and a
/// label.</summary>
/// <remarks>Where every part of a stage is a branch, each branch writes its own; where somebody acts beside the branches, or there are
/// none, all write one.</remarks>
public static class StageDocuments
{
    /// <summary>Characters of one text.</summary>
    public const int MaxText = 60_000;

    /// <summary>The branch whose text somebody writes; null where all write one.</summary>
    /// <param name="own">The branch for which they act in the stage.</param>
    public static string? BranchOf(Stage stage, string? own) => stage.Beside.IsEmpty ? own : null;

    /// <summary>The key of a text.</summary>
    public static string KeyOf(Stage stage, string document, string? branch) =>
        branch is null ? $"{stage.Id}:{document}" : $"{stage.Id}:{document}:{branch}";

    /// <summary>The id of the stage that a key begins with.</summary>
    public static string StageOf(string key) => key.Split(':')[0];

    /// <summary>The keys of all texts of a stage.</summary>
    public static ImmutableArray<string> KeysOf(Stage stage, StageState at) =>
    [
        .. from branch in stage.Beside.IsEmpty ? at.Parts.Where(p => p.Status != PartStatus.Dropped).Select(p => p.Branch).Distinct(StringComparer.Ordinal) : [null]
           from document in stage.Makes
           select KeyOf(stage, document, branch),
    ];

    /// <summary>What a key names; null where the process knows no such document.</summary>
    public static StageDocument? Find(ProcessDefinition process, string key) =>
        key.Split(':') is [var stage, var document, .. var rest] && rest.Length < 2
        && process.FindStage(stage) is { } found && KnownStages.AreGeneric(process, found) && found.Makes.Contains(document, StringComparer.Ordinal)
            ? new StageDocument(found, process.Documents.First(d => d.Id == document), rest is [var branch] ? branch : null)
            : null;

    /// <summary>The document as the rules of access see it: a draft until its part of the stage is done.</summary>
    public static Access.Document ToAccess(this StageDocument document, ProcessState state, Dossier dossier)
    {
        var done = IsHandedIn(document, state, dossier);
        return new Access.Document(ProcessCodes.Parse<DocumentKind>(document.Document.Visibility)!.Value)
        {
            Makers = MakersOf(document, state),
            Draft = !done,
            Admitted = done,
            ReplyWindowOver = done,
        };
    }

    /// <summary>The same, and the review, as they will be once it is handed in.</summary>
    public static (Access.Document Document, ReviewFacts Review) HandedIn(
        this StageDocument document, ProcessState state, Dossier dossier, ReviewFacts review)
    {
        var then = ToAccess(document, state, dossier) with { Draft = false, Admitted = true, ReplyWindowOver = true };
        return (then, review with
        {
            Submitted = review.Submitted || then.Kind == DocumentKind.SelfAssessment,
            ReviewersDone = review.ReviewersDone || then.Kind == DocumentKind.ReviewerComments,
            Consolidated = review.Consolidated || then.Kind == DocumentKind.ReviewerComments,
            Drafted = review.Drafted || then.Kind == DocumentKind.DraftReport,
            Agreed = review.Agreed || then.Kind == DocumentKind.AgreedReport,
        });
    }

    private static Makers MakersOf(StageDocument document, ProcessState state) => new(
    [
        .. state.Definition.WithAlternates(document.Stage.Acts)
            .Select(code => Roles.TryParse(code, out var role) ? role : Access.Role.Public).Where(role => role != Access.Role.Public),
    ])
    {
        Branch = document.Branch,
    };

    private static bool IsHandedIn(StageDocument document, ProcessState state, Dossier dossier)
    {
        var at = state[document.Stage];
        // What lay there when silence counted, or the right was given up, was never handed in.
        var parts = at.Parts.Where(part => document.Branch is null || part.Branch == document.Branch).ToList();
        return at.Status switch
        {
            // Whoever came later hands in by declaring.
            StageStatus.Done when parts.Count == 0 && LateDeclarations.AreMadeIn(document.Stage) =>
                Guid.TryParse(document.Branch, out var expert) && dossier.HasDeclared(expert),
            StageStatus.Done => parts.Count == 0 || parts.Exists(part => !part.Silent),
            // A text on which they could not agree is no agreed one.
            StageStatus.Failed => !CommonText.Has(document.Stage),
            StageStatus.Open => parts.Exists(part =>
                (document.Branch is not null && part is { Status: PartStatus.Done, Silent: false })
                || UsedRights.In(state, dossier, document.Stage, part.Branch) is not null),
            _ => false,
        };
    }

    /// <summary>What is missing before somebody can say that their part is done.</summary>
    /// <param name="branch">As <see cref="BranchOf"/> gives it.</param>
    public static ImmutableArray<string> Missing(Stage stage, string? branch, Material material) =>
        [.. stage.Makes.Where(document => material.Find(WritingKind.StageDocument, KeyOf(stage, document, branch)) is null)];
}

/// <summary>One document of one stage.</summary>
/// <param name="Branch">The branch that wrote it; null where all write one.</param>
public sealed record StageDocument(Stage Stage, Process.Document Document, string? Branch);
