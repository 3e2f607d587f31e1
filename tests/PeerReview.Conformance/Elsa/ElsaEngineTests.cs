using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Server.Stacks.Elsa.Engine;

namespace PeerReview.Conformance.Elsa;

/// <summary>Elsa's engine, without the reference beside it: the suite is the reference.</summary>
public sealed class ElsaEngineTests : ProcessEngineConformance
{
    private static readonly ElsaEngine Engine = new(NullLoggerFactory.Instance);

    // It keeps nothing between calls but compiled graphs, which take long to make.
    protected override IProcessEngine NewEngine() => Engine;
}
