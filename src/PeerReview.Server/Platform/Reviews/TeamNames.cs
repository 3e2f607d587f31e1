using PeerReview.Core;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>How somebody of the reviewing team is called under what they wrote.</summary>
public static class TeamNames
{
    /// <summary>Name and State, in the language of the texts.</summary>
    public static string Of(LoadedReview review, StateNames states, PersonId author, Texts texts)
    {
        var name = review.Find(author)?.Name ?? Missing(review, author, texts);
        var state = review.Dossier.People.FirstOrDefault(p => p.Person == author.Value && p.State is not null)?.State;
        return state is null ? name : texts.Of("consolidation.by", ("name", name), ("state", states.Of(state, texts.Language)));
    }

    /// <summary>In place of a name that is not there any more: whoever still has a role has a closed account, everybody else left the review.</summary>
    public static string Missing(LoadedReview review, PersonId person, Texts texts) =>
        texts[review.Dossier.People.Any(p => p.Person == person.Value) ? "assessment.parts.somebody" : "assessment.parts.somebody_left"];
}
