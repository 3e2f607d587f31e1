using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Puts into words who can read something.</summary>
internal static class Readers
{
    /// <summary>Who can read it now, and who can once the self-assessment is handed in, if that differs.</summary>
    public static string Sentence(Texts texts, LabelMeaning meaning) => meaning.Now.SequenceEqual(meaning.Later)
        ? texts.Of("assessment.sees.now", ("readers", List(texts, meaning.Now)))
        : texts.Of("assessment.sees.now_and_later", ("readers", List(texts, meaning.Now)), ("later", List(texts, meaning.Later)));

    private static string List(Texts texts, ImmutableArray<Role> roles) => texts.List(roles.Select(role => texts["role." + role.Code()]));
}
