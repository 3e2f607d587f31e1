using System.Text.Json;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What was answered to a request that came with a key, so that it is answered alike when it comes again.</summary>
internal static class IdempotencyAnswers
{
    public static object Row(PersonId person, CommandKey key, Receipt receipt) => new
    {
        Person = person.Value,
        key.Key,
        key.Request,
        Answer = JsonSerializer.Serialize(receipt),
    };

    /// <summary>The stored answer; a refusal when the key was used for another request.</summary>
    public static Verdict<Receipt> Again(string request, string answer, CommandKey key) =>
        request == key.Request
            ? JsonSerializer.Deserialize<Receipt>(answer)!
            : ReviewRefusals.KeyUsedOtherwise;
}
