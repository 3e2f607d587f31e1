using Xunit;

namespace PeerReview.Core.Tests.Process;

public sealed class ShippedProcessesTests
{
    public static TheoryData<string> Files => [.. Shipped.Files];

    [Theory, MemberData(nameof(Files))]
    public void Every_process_file_reads_without_a_problem(string file) =>
        Assert.Equal([], Shipped.Read(Shipped.Text(file), file).Problems.Select(p => p.ToString()));
}
