using System.CommandLine;
using System.CommandLine.Invocation;
using PeerReview.Server.Features.Operations;
using PeerReview.Server.Stacks;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview --version</c>: the program, and each stack it is built with on a line of its own.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"peerreview {Installation.Program}");
        foreach (var stack in BuiltStacks.All)
            output.WriteLine($"{stack.Name}: {string.Join(", ", stack.Parts)}");
        return CommandLine.Done;
    }
}
