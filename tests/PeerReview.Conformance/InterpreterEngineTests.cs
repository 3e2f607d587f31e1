using PeerReview.Core.Ports;
using PeerReview.Server.Stacks.Embedded;

namespace PeerReview.Conformance;

/// <summary>The embedded stack's engine.</summary>
public sealed class InterpreterEngineTests : ProcessEngineConformance
{
    protected override IProcessEngine NewEngine() => new InterpreterEngine();
}
