// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Faucet} from "../../src/platform/Faucet.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {Test} from "../support/Test.sol";

contract FaucetTest is Test {
    TestToken private _usd;
    TestToken private _cny;
    Faucet private _faucet;

    function setUp() public {
        vm.warp(1_900_000_000);
        _usd = new TestToken("Test Dollar", "tUSD", 6, address(this));
        _cny = new TestToken("Test Yuan", "tCNY", 2, address(this));
        vm.deal(address(this), 1 ether);
        Faucet.Gift[] memory gifts = new Faucet.Gift[](2);
        (gifts[0], gifts[1]) = (Faucet.Gift(_usd, 500e6), Faucet.Gift(_cny, 3500e2));
        _faucet = new Faucet{value: 0.3 ether}(gifts, 3, address(this));
        _usd.setMinter(address(_faucet), true);
        _cny.setMinter(address(_faucet), true);
    }

    function test_GivesOnceADay() public {
        address to = person("newcomer");
        vm.expectEmit(address(_faucet));
        emit Faucet.Dripped(to);
        _faucet.drip(to);
        assertEq(_usd.balanceOf(to), 500e6, "dollars");
        assertEq(_cny.balanceOf(to), 3500e2, "yuan");
        assertEq(to.balance, 0.1 ether, "coin");
        assertEq(_faucet.gifts().length, 2, "gifts");
        vm.warp(block.timestamp + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Faucet.Faucet_TooSoon.selector, to, block.timestamp + 1));
        _faucet.drip(to);
        vm.warp(block.timestamp + 1);
        _faucet.drip(to);
    }

    function test_RevertWhen_AStrangerAsks() public {
        address stranger = person("stranger");
        assertEq(_faucet.operator(), address(this), "operator");
        vm.expectRevert(abi.encodeWithSelector(Faucet.Faucet_Unauthorized.selector, stranger));
        vm.prank(stranger);
        _faucet.drip(stranger);
        _faucet.drip(stranger);
    }

    function test_RevertWhen_TheDaysCapIsReached() public {
        _faucet.drip(person("a"));
        _faucet.drip(person("b"));
        _faucet.drip(person("c"));
        vm.expectRevert(abi.encodeWithSelector(Faucet.Faucet_DailyCapReached.selector, 3));
        _faucet.drip(person("d"));
    }

    function test_RevertWhen_TheCoinIsUsedUp() public {
        _faucet.drip(person("a"));
        _faucet.drip(person("b"));
        _faucet.drip(person("c"));
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(Faucet.Faucet_NativeTransferFailed.selector, person("d")));
        _faucet.drip(person("d"));
        (bool ok,) = address(_faucet).call{value: 0.1 ether}("");
        assertTrue(ok, "refilled");
        _faucet.drip(person("d"));
    }

    function test_Token_RevertWhen_MinterIsNotAllowed() public {
        vm.expectRevert(abi.encodeWithSelector(TestToken.TestToken_NotMinter.selector, person("a")));
        vm.prank(person("a"));
        _usd.mint(person("a"), 1);
        _usd.setMinter(address(_faucet), false);
        vm.expectRevert(abi.encodeWithSelector(TestToken.TestToken_NotMinter.selector, address(_faucet)));
        _faucet.drip(person("a"));
    }
}
