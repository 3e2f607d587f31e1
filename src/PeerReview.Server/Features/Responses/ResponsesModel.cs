using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Responses;

/// <summary>What the page draws.</summary>
/// <param name="Lines">The recommendations the reader may read, by id.</param>
public sealed record ResponsesModel(
    LoadedReview Review, string StateName, Person Person, ImmutableArray<ResponseLine> Lines, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>What is signed.</summary>
    public required string Hash { get; init; }

    /// <summary>Whether there are recommendations that a label keeps from the reader.</summary>
    public bool HasClosed { get; init; }

    public bool MayWrite { get; init; }

    public bool MaySign { get; init; }

    /// <summary>Where the responses are signed: by whom and when.</summary>
    public SignatureContent? Signature { get; init; }

    /// <summary>Where somebody else saved meanwhile: what became of both texts; the form holds them.</summary>
    public FormMerge? Merge { get; init; }

    /// <summary>Recommendations without a response.</summary>
    public int Missing => Lines.Count(line => line.Response is null);

    /// <summary>Which form was sent: the id of a recommendation, <c>sign</c>, or null when none was.</summary>
    public string? Asked => Form.Raw("act") switch { "save" => Form.Raw("recommendation"), "sign" => "sign", _ => null };
}

/// <summary>A recommendation with the State's response.</summary>
/// <param name="Response">Null while there is none.</param>
public sealed record ResponseLine(Writing Text, Recommendation Recommendation, Writing? Response, ResponseContent? Said);

/// <summary>Responses as the API shows them.</summary>
/// <param name="ContentHash">What is signed.</param>
public sealed record ResponsesBody(ImmutableArray<ResponseBody> Items, string ContentHash);

/// <summary>A response.</summary>
public sealed record ResponseBody(string Recommendation, string Answer, string Reason, int Version);
