using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>The self-assessment as one person may see it now: only the items that are open to them, of each only what is.</summary>
/// <param name="Items">In the framework's order; empty when nothing of it is open to the person.</param>
/// <param name="Progress">How far each norm and pillar is, over these items.</param>
public sealed record AssessmentSheet(ImmutableArray<SheetItem> Items, ImmutableArray<Progress> Progress)
{
    /// <summary>What does not fit in the answers the person may read.</summary>
    public IEnumerable<Inconsistency> Remarks => Items.SelectMany(i => i.Remarks);

    /// <summary>The items that are not done.</summary>
    public IEnumerable<SheetItem> Missing => Items.Where(i => i.Lack is not null);

    /// <summary>One item, or null when there is none or it is not open to the person.</summary>
    public SheetItem? Find(string item) => Items.FirstOrDefault(i => i.Item.Id == item);

    /// <summary>The items before and after one, as ids; null at the ends.</summary>
    public (string? Before, string? After) Around(string item)
    {
        var at = Items.Select(i => i.Item.Id).ToList().IndexOf(item);
        return (at > 0 ? Items[at - 1].Item.Id : null, at >= 0 && at < Items.Length - 1 ? Items[at + 1].Item.Id : null);
    }

    /// <summary>What a person sees.</summary>
    /// <param name="today">The day by the State's calendar.</param>
    public static AssessmentSheet Of(Actor actor, AssessmentGround ground, DateOnly today)
    {
        var (framework, dossier, material) = (ground.Framework, ground.Dossier, ground.Material);
        var answers = material.Of(WritingKind.Answer).ToDictionary(w => w.Key, StringComparer.Ordinal);
        var lacks = Completeness.Of(framework, dossier.Items, answers.Values.Select(Contents.ReadAnswer))
            .Missing.ToDictionary(m => m.Item, m => m.Why, StringComparer.Ordinal);
        var scope = dossier.Items.ToHashSet(StringComparer.Ordinal);
        var items = framework.Items.Where(i => scope.Contains(i.Id))
            .Select(i => SheetItem.Of(actor, ground, i, answers.GetValueOrDefault(i.Id), Lack(i)))
            .Where(i => i.Sight.Extent > Extent.Nothing)
            .ToImmutableArray();
        return new AssessmentSheet(
            WithRemarks(framework, items, today),
            Assessment.Progress.Of(
                framework, [.. items.Select(i => i.Item.Id)], answers.Values.Select(Contents.ReadAnswer)));

        Lack? Lack(FrameworkItem item) => lacks.TryGetValue(item.Id, out var why) ? why : null;
    }

    private static ImmutableArray<SheetItem> WithRemarks(Framework framework, ImmutableArray<SheetItem> items, DateOnly today)
    {
        var remarks = Consistency.Of(
            framework,
            items.Select(i => i.Answer).OfType<Answer>(),
            items.SelectMany(i => i.Files).Select(f => new EvidenceFile(f.Id, f.Item, SharingLabels.Of(f.Label))),
            today).ToLookup(r => r.Item, StringComparer.Ordinal);
        return
        [
            .. items.Select(i => i with { Remarks = [.. remarks[i.Item.Id], .. Consistency.OfTranslations(i.Item.Id, i.Translations)] }),
        ];
    }
}

/// <summary>What a sheet is made from.</summary>
public sealed record AssessmentGround(
    ReviewFacts Facts, Framework Framework, Dossier Dossier, ProcessState State, Material Material);

/// <summary>One item as one person may see it.</summary>
/// <param name="Item">The question.</param>
/// <param name="Sight">How much of the answer the person sees.</param>
/// <param name="Contributors">To whom it was given, as far as the person may know them.</param>
public sealed record SheetItem(FrameworkItem Item, Sight Sight, ImmutableArray<PersonId> Contributors)
{
    /// <summary>The version that stands; 0 while nobody wrote anything.</summary>
    public int Version { get; private init; }

    /// <summary>When it was saved, UTC.</summary>
    public DateTimeOffset? SavedAt { get; private init; }

    /// <summary>Who saved it; null where only its existence may be known.</summary>
    public PersonId? SavedBy { get; private init; }

    /// <summary>The answer; null while there is none or the person may not read it.</summary>
    public Answer? Answer { get; private init; }

    /// <summary>The answer in other languages, by language: read by whoever reads the answer.</summary>
    public ImmutableArray<StandingTranslation> Translations { get; private init; } = [];

    /// <summary>How the experts read it, by whoever reads the answer; null where they need no translation.</summary>
    public ReaderTranslation? ForReaders { get; private init; }

    /// <summary>The files the person may open.</summary>
    public ImmutableArray<FileMark> Files { get; private init; } = [];

    /// <summary>What it lacks; null when it is done.</summary>
    public Lack? Lack { get; private init; }

    /// <summary>Why the person cannot write here now; null when they can.</summary>
    public Refusal? Closed { get; private init; }

    /// <summary>Whether the person can add files here now.</summary>
    public bool TakesFiles { get; private init; }

    /// <summary>Whether earlier versions are open too: to those who could read before it was handed in.</summary>
    public bool SeesHistory { get; private init; }

    /// <summary>What may not fit.</summary>
    public ImmutableArray<Inconsistency> Remarks { get; init; } = [];

    /// <summary>Whether there is an answer the person may not read.</summary>
    public bool IsKept => Version > 0 && Answer is null;

    internal static SheetItem Of(Actor actor, AssessmentGround ground, FrameworkItem item, Writing? writing, Lack? lack)
    {
        var (facts, document) = (ground.Facts, ground.Dossier.Answer(item.Id));
        SharingLabel? label = writing is null ? null : SharingLabels.Of(writing.Label);
        var sight = Access.Access.Visible(actor, document, facts, label);
        var known = document.Contributors.Where(person => Access.Access.VisiblePerson(actor, facts, Access.Role.StateContributor, person) > Extent.Nothing);
        return new SheetItem(item, sight, [.. known])
        {
            Version = writing?.Version ?? 0,
            SavedAt = writing?.At,
            SavedBy = sight.CanRead ? writing?.Author : null,
            Answer = sight.CanRead && writing is not null ? Contents.ReadAnswer(writing) : null,
            Translations = sight.CanRead ? ground.Material.TranslationsOf(item.Id) : [],
            ForReaders = sight.CanRead ? ReaderTranslations.For(ground.Dossier, ground.Material, item.Id) : null,
            Files = [.. ground.Material.Files.Where(f => f.Item == item.Id && Opens(actor, ground, f))],
            Lack = lack,
            Closed = AnswerDoor.Closed(actor, ReviewAct.SaveAnswer, item.Id, facts, ground.State, ground.Dossier),
            TakesFiles = AnswerDoor.Closed(actor, ReviewAct.AttachEvidence, item.Id, facts, ground.State, ground.Dossier) is null,
            SeesHistory = Access.Access.Visible(actor, document, facts with { Submitted = false }, label).CanRead,
        };
    }

    /// <summary>Whether a person may open a file.</summary>
    public static bool Opens(Actor actor, AssessmentGround ground, FileMark file) => Access.Access.Visible(
        actor, ground.Dossier.Evidence(file.Item), ground.Facts, SharingLabels.Of(file.Label)).CanRead;
}
