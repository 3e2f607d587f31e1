using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Somebody of the State chooses what several answers say, in one go. Their texts stay as they are.</summary>
public sealed class SaveValues(ReviewCommands commands)
{
    /// <summary>Saves every choice that was changed, or none. An answer somebody saved meanwhile, and one not open to the
    /// person, refuses all.</summary>
    /// <param name="label">The sharing label of answers that are given here first; null for the usual one.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, IReadOnlyList<ChosenValue> chosen, string? label, Actor actor, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key: null, async (work, cancel) => Decide(work, await work.MaterialAsync(cancel), chosen, label), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, Material material, IReadOnlyList<ChosenValue> chosen, string? code)
    {
        var review = work.Review;
        var sheet = FoundAssessment.Of(work.Actor, review, material).Sheet;
        if (sheet.Items.IsEmpty)
            return ReviewRefusals.NotFound;
        var change = new ReviewChange();
        var problems = new List<Refusal>();
        var label = SharingLabel.Amber;
        if (code is not null && !SharingLabels.TryParse(code, out label))
            problems.Add(new Refusal("answer.unknown-label", RefusalKind.Invalid, "label"));
        foreach (var choice in chosen.Where(c => c.Value != c.Shown))
        {
            if (sheet.Items.FirstOrDefault(i => i.Item.Id == choice.Item) is not { } item)
                problems.Add(new Refusal("answer.unknown-item", RefusalKind.NotFound, choice.Field));
            else if (item.Closed is { } closed)
                return closed;
            else if (Problem(item, choice) is { } problem)
                problems.Add(problem);
            else if (item.Answer?.Value != choice.Parsed)
                Write(change, item, choice.Parsed, new Answer(item.Item.Id, null, label, review.Dossier.WorkingLanguage));
        }

        return problems.Count > 0 ? Refusal.Of(problems) : change;
    }

    private static Refusal? Problem(SheetItem item, ChosenValue choice)
    {
        if (choice is { Parsed: null, Value.Length: > 0 })
            return new Refusal("answer.unknown-value", RefusalKind.Invalid, choice.Field);
        return item.Version == choice.Version || item.Answer?.Value == choice.Parsed
            ? null
            : new Refusal("answer.saved-meanwhile", RefusalKind.Conflict, choice.Field);
    }

    private static void Write(ReviewChange change, SheetItem item, AnswerValue? value, Answer first)
    {
        var answer = (item.Answer ?? first) with { Value = value };
        // A reason belongs to "not applicable" alone; its earlier version keeps it.
        if (answer.Value != AnswerValue.NotApplicable)
            answer = answer with { Reason = "" };
        change.Write(
            WritingKind.Answer, answer.Item, item.Version, Contents.Write(answer), answer.Label.Code(), answer.Language);
    }
}

/// <summary>What was chosen for one item.</summary>
/// <param name="Value">Code of the scale; empty for nothing.</param>
/// <param name="Shown">The code the page showed when it was opened.</param>
/// <param name="Version">The version the page showed, 0 for none.</param>
public sealed record ChosenValue(string Item, string Value, string Shown, int Version)
{
    /// <summary>The field of the form.</summary>
    public string Field => $"value.{Item}";

    /// <summary>null for nothing, and for a code the scale does not have.</summary>
    public AnswerValue? Parsed => AnswerValues.TryParse(Value, out var value) ? value : null;
}
