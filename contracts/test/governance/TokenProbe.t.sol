// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {TokenProbe} from "../../src/governance/TokenProbe.sol";
import {
    BlacklistingToken,
    FalseReturningToken,
    FeeOnTransferToken,
    LyingToken,
    MintableToken,
    SilentToken
} from "../mocks/HostileTokens.sol";
import {Test} from "../support/Test.sol";

/// TokenProbe
/// ├── an exact token moves there and back
/// ├── one that says nothing is as exact
/// ├── a fee shows on both ways, a lie as nothing received
/// └── a refusal is passed on
contract TokenProbeTest is Test {
    TokenProbe private _holder;
    TokenProbe private _vault;

    function setUp() public {
        (_holder, _vault) = (new TokenProbe(), new TokenProbe());
    }

    function test_AnExactToken() public {
        MintableToken token = new MintableToken();
        token.mint(address(_holder), 1000);
        _assertFindings(_holder.probe(token, _vault, 400), 400, 400, 400, 0);
    }

    function test_ASilentToken() public {
        SilentToken token = new SilentToken();
        token.mint(address(_holder), 1000);
        _assertFindings(_holder.probe(IERC20(address(token)), _vault, 400), 400, 400, 400, 0);
    }

    function test_AFeeShows() public {
        FeeOnTransferToken token = new FeeOnTransferToken();
        token.mint(address(_holder), 1000);
        token.mint(address(_vault), 1000);
        _assertFindings(_holder.probe(token, _vault, 400), 396, 400, 393, 0);
    }

    function test_ALieShows() public {
        LyingToken token = new LyingToken();
        token.mint(address(_holder), 1000);
        token.mint(address(_vault), 1000);
        _assertFindings(_holder.probe(token, _vault, 400), 0, 0, 0, 0);
    }

    function test_RevertWhen_TheTokenRefuses() public {
        FalseReturningToken token = new FalseReturningToken();
        token.mint(address(_holder), 1000);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _holder.probe(token, _vault, 400);
        BlacklistingToken strict = new BlacklistingToken();
        strict.mint(address(_holder), 1000);
        strict.blacklist(address(_vault));
        vm.expectRevert(abi.encodeWithSelector(BlacklistingToken.Blacklisted.selector, address(_vault)));
        _holder.probe(strict, _vault, 400);
    }

    function _assertFindings(
        TokenProbe.Findings memory found,
        uint256 received,
        uint256 spent,
        uint256 returned,
        uint256 kept
    ) private pure {
        assertEq(found.received, received, "received");
        assertEq(found.spent, spent, "spent");
        assertEq(found.returned, returned, "returned");
        assertEq(found.kept, kept, "kept");
    }
}
