using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>How whoever wrote a comment is called.</summary>
internal static class Experts
{
    /// <summary>Name and State; the role alone to those who may not know who it is.</summary>
    public static string Name(FoundConsolidation found, StateNames states, FoundComment comment, Texts texts) =>
        comment.Author is { } author ? TeamNames.Of(found.Review, states, author, texts) : texts["role.REV_EXPERT"];
}
