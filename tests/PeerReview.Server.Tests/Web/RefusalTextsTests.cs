using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using Xunit;

namespace PeerReview.Server.Tests.Web;

/// <summary>Refusals whose codes are constants: a search for literals in the sources does not see that they are asked for.</summary>
public sealed class RefusalTextsTests
{
    [Fact]
    public void Every_refusal_of_follow_up_and_publication_has_its_sentence()
    {
        var codes = FollowUpRefusals.Codes.Concat(PublicationRefusals.Codes).Select(code => "refusal." + code);

        Assert.All(codes, key => Assert.NotNull(TestTexts.English.Find(key)));
    }
}
