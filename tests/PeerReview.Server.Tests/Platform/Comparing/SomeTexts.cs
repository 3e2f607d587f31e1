using FsCheck;
using FsCheck.Fluent;

namespace PeerReview.Server.Tests.Platform.Comparing;

/// <summary>Texts of few sentences out of few, so that two of them have much in common.</summary>
internal static class SomeTexts
{
    private static readonly string[] Sentences =
        ["One.", "Two words.", "Two other words.", "Three, at last!", "第一句。", "هل هذا جاهز؟", "No end", "\n", "  ", "See art. 19."];

    public static Arbitrary<string> Arbitrary { get; } =
        Gen.Elements(Sentences).ListOf().Select(all => string.Join(' ', all)).ToArbitrary();
}
