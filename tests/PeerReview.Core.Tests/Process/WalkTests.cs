using PeerReview.Core.Process;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Core.Tests.Process;

public sealed class WalkTests
{
    [Theory]
    [InlineData("voluntary-review.v1.yaml", 150)]
    [InlineData("uncac-like.v2.yaml", 50)]
    [InlineData("nis2-like.v2.yaml", 50)]
    [InlineData("vnr-like.v1.yaml", 50)]
    public void Walks_of_legal_commands_keep_every_invariant(string file, int walks)
    {
        var definition = Shipped.Read(file);
        var ends = new HashSet<ReviewStatus>();
        var commands = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < walks; seed++)
        {
            foreach (var step in Walk.Take(definition, seed))
            {
                commands.Add(step.Command.GetType().Name);
                ends.Add(step.Step.State.Status);
            }
        }

        // A walk that goes nowhere would keep every invariant.
        Assert.Contains(ReviewStatus.Closed, ends);
        if (definition.Id == "voluntary-review")
        {
            Assert.Contains(ReviewStatus.Withdrawn, ends);
            Assert.Equal(typeof(ProcessCommand).GetNestedTypes().Select(t => t.Name).Order(StringComparer.Ordinal), commands.Order(StringComparer.Ordinal));
        }
    }
}
