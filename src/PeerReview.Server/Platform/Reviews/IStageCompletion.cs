using System.Text.Json;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What completing one stage takes beyond the step of the process: a signature, a note, rows of a feature. A
/// feature registers one per stage; the route <c>stages/{stage}/complete</c> looks it up and takes the plain step where
/// there is none.</summary>
public interface IStageCompletion
{
    /// <summary>The stage id, such as <c>self_assess</c>.</summary>
    string Stage { get; }

    /// <summary>Decides under the lock: rights first, then what was sent, then the change with its step of the process.</summary>
    /// <param name="body">The JSON object sent, or of kind <see cref="JsonValueKind.Undefined"/> when nothing was sent.</param>
    /// <exception cref="BadHttpRequestException">The body is not what this stage takes.</exception>
    Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel);
}
