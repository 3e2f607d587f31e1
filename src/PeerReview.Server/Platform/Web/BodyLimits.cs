using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Web;

/// <summary>How large the body of a request may be: <see cref="JsonRules.BodyLimit"/>, more where a route takes files.</summary>
/// <remarks>
/// A body whose length is said beforehand is refused here, before anybody reads it: the server then reads the rest to
/// nowhere, so that the sender sees the answer and not a broken connection. One without length is cut off at the limit.
/// </remarks>
internal static class BodyLimits
{
    /// <summary>Whether reading failed because there was too much of it: in all, in one field, or too many fields.</summary>
    public static bool WereExceeded(Exception? failure) => failure switch
    {
        null => false,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => true,
        InvalidDataException data when data.Message.Contains("limit", StringComparison.Ordinal) => true,
        _ => WereExceeded(failure.InnerException),
    };

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? JsonRules.BodyLimit;
        var feature = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (context.Request.ContentLength > limit)
        {
            if (feature is { IsReadOnly: false })
                feature.MaxRequestBodySize = null;
            return Failures.AnswerAsync(
                context, new Refusal("request.too-large", RefusalKind.Invalid), StatusCodes.Status413PayloadTooLarge);
        }

        if (feature is { IsReadOnly: false })
            feature.MaxRequestBodySize = limit;
        return next(context);
    }
}
