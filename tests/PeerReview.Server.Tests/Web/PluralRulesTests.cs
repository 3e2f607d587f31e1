using PeerReview.Server.Platform.Web;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed class PluralRulesTests
{
    [Theory]
    [InlineData("en", "1:one 0:other 2:other 11:other 101:other")]
    [InlineData("fr", "0:one 1:one 2:other 1000000:many 2000000:many 1000001:other")]
    [InlineData("es", "0:other 1:one 2:other 1000000:many")]
    [InlineData("zh", "0:other 1:other 2:other")]
    [InlineData("ru", "0:many 1:one 2:few 4:few 5:many 11:many 12:many 14:many 21:one 22:few 25:many 101:one 111:many 112:many")]
    [InlineData("ar", "0:zero 1:one 2:two 3:few 10:few 11:many 99:many 100:other 102:other 103:few 111:many")]
    public void The_category_is_the_one_of_CLDR(string language, string expected)
    {
        var numbers = expected.Split(' ').Select(pair => pair.Split(':')[0]);

        var actual = numbers.Select(n => $"{n}:{PluralRules.Of(language, decimal.Parse(n, System.Globalization.CultureInfo.InvariantCulture))}");

        Assert.Equal(expected, string.Join(' ', actual));
    }

    [Theory]
    [InlineData("en", "other")]
    [InlineData("fr", "one")]
    [InlineData("ru", "other")]
    [InlineData("ar", "other")]
    public void A_fraction_has_its_own_category(string language, string expected) =>
        Assert.Equal(expected, PluralRules.Of(language, 1.5m));
}
