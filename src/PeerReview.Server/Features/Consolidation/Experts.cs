using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>How whoever wrote a comment is called.</summary>
internal static class Experts
{
    /// <summary>Name and State; the role alone to those who may not know who it is.</summary>
    public static string Name(FoundConsolidation found, StateNames states, FoundComment comment, Texts texts)
    {
        if (comment.Author is not { } author)
            return texts["role.REV_EXPERT"];
        var name = found.Review.Find(author)?.Name ?? texts["assessment.parts.somebody"];
        var state = found.Review.Dossier.People.FirstOrDefault(p => p.Person == author.Value && p.State is not null)?.State;
        return state is null ? name : texts.Of("consolidation.by", ("name", name), ("state", states.Of(state, texts.Language)));
    }
}
