namespace PeerReview.Core.Deliberation;

/// <summary>The steps by which a lead reviewer changes a consolidation. Whether the result can stand is asked of
/// <see cref="ConsolidationRules.Check"/>.</summary>
public static class ConsolidationEdits
{
    /// <summary>Leads a comment somewhere, or nowhere again.</summary>
    /// <param name="to">The id of a question, <see cref="Placement.Report"/>, <see cref="Placement.Aside"/>; empty is nowhere.</param>
    /// <param name="reason">Why it is set aside; of no interest elsewhere.</param>
    public static ConsolidationSheet Place(this ConsolidationSheet sheet, Guid comment, string to, string reason = "")
    {
        var placement = new Placement(comment, to, to == Placement.Aside ? reason : "");
        if (to.Length == 0)
            return sheet with { Placements = sheet.Placements.RemoveAll(p => p.Comment == comment) };
        return sheet.Of(comment) is { } stands
            ? sheet with { Placements = sheet.Placements.Replace(stands, placement) }
            : sheet with { Placements = sheet.Placements.Add(placement) };
    }

    /// <summary>Adds a question, and leads the comment it grew from to it.</summary>
    public static ConsolidationSheet Ask(this ConsolidationSheet sheet, string? item, string text, Guid? from = null)
    {
        var question = new MergedQuestion(ConsolidationRules.NextId(sheet), item, text);
        var asked = sheet with { Questions = sheet.Questions.Add(question) };
        return from is { } comment ? asked.Place(comment, question.Id) : asked;
    }

    /// <summary>Words a question anew. That somebody looked at a wording holds for that wording alone.</summary>
    /// <returns>The sheet, or <c>consolidation.unknown-question</c>.</returns>
    public static Verdict<ConsolidationSheet> Reword(this ConsolidationSheet sheet, string id, string text, bool namesNobody)
    {
        if (sheet.Find(id) is not { } question)
            return Unknown;
        return sheet with
        {
            Questions = sheet.Questions.Replace(question, question with { Text = text, NamesNobody = namesNobody && text == question.Text }),
        };
    }

    /// <summary>Puts one question into another: its comments lead there, and its words stand below the other's.</summary>
    /// <returns>The sheet, or <c>consolidation.unknown-question</c>, <c>consolidation.merge-with</c>.</returns>
    public static Verdict<ConsolidationSheet> Merge(this ConsolidationSheet sheet, string id, string into)
    {
        if (sheet.Find(id) is not { } question)
            return Unknown;
        if (id == into || sheet.Find(into) is not { } other)
            return new Refusal("consolidation.merge-with", RefusalKind.Invalid, "into");
        return sheet with
        {
            Questions = sheet.Questions.Replace(other, other with { Text = $"{other.Text}\n{question.Text}", NamesNobody = false }).Remove(question),
            Placements = [.. sheet.Placements.Select(p => p.To == id ? p with { To = into } : p)],
        };
    }

    /// <summary>Takes a question out; its comments lead nowhere again.</summary>
    /// <returns>The sheet, or <c>consolidation.unknown-question</c>.</returns>
    public static Verdict<ConsolidationSheet> Drop(this ConsolidationSheet sheet, string id) => sheet.Find(id) is not { } question
        ? Unknown
        : sheet with { Questions = sheet.Questions.Remove(question), Placements = sheet.Placements.RemoveAll(p => p.To == id) };

    /// <summary>Notes how the comments on an item contradict each other; an empty note takes it away.</summary>
    public static ConsolidationSheet Note(this ConsolidationSheet sheet, string item, string note)
    {
        var others = sheet.Contradictions.RemoveAll(c => c.Item == item);
        return sheet with { Contradictions = note.Length == 0 ? others : others.Add(new Contradiction(item, note)) };
    }

    private static Refusal Unknown => new("consolidation.unknown-question", RefusalKind.Conflict);
}
