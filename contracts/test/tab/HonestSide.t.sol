// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {TabTest} from "../support/TabTest.sol";

/// One side brings its newest state whenever the other has brought an older one, within the hour. Whatever else the other side does,
/// with all the signatures that it has, the honest side's newest state is what is paid.
contract HonestSideTest is TabTest {
    uint64 private _newest;
    uint256 private _seed;
    mapping(uint64 version => uint128) private _spent;

    function setUp() public override {
        super.setUp();
        _post(10 * LIMIT);
    }

    /// The key has signed every version, and the operator all of them or all but the last.
    function testFuzz_AnHonestOperatorIsPaidItsNewest(uint256 seed) public {
        _buy(seed);
        uint64 cheaters = _newest - uint64(_next(2));
        _open(false, cheaters);
        _answer(true, _newest);
        _bring(false, uint64(1 + _next(cheaters)));
        _answer(true, _newest);
        _end(_newest);
        assertEq(_balance(buyer), RICH - _spent[_newest], "the account");
        assertEq(operators.bondOf(operatorId, address(token)), 10 * LIMIT, "the bond");
    }

    /// The operator has one more state than the account, or not: the key has signed that one, too.
    function testFuzz_AnHonestAccountPaysItsNewest(uint256 seed) public {
        _buy(seed);
        uint64 own = _newest - uint64(_next(2));
        if (own == 0) own = 1;
        _open(true, _newest);
        _answer(false, own);
        _bring(true, uint64(1 + _next(_newest)));
        _answer(false, own);
        (uint64 version,,,) = tabs.claimOf(buyer, tabKey, address(token));
        assertTrue(version == 0 || version >= own, "an old state is left");
        _end(version == 0 ? own : version);
        assertTrue(_balance(buyer) >= RICH - _spent[version == 0 ? own : version], "the account");
    }

    /// @dev Purchases and refunds, each a version of its own.
    function _buy(uint256 seed) private {
        _seed = seed;
        _newest = uint64(2 + _next(5));
        for (uint64 i = 1; i <= _newest; ++i) _spent[i] = uint128(_next(LIMIT + 1));
    }

    /// @dev The cheater brings something, or waits; the account closes the tab, or waits. Then it is the honest side's turn.
    function _open(bool byOperator, uint64 most) private {
        if (_next(4) != 0) _bring(byOperator, uint64(1 + _next(most)));
        if (_next(2) == 0) {
            vm.prank(buyer);
            tabs.close(tabKey, address(token));
        }
        vm.warp(block.timestamp + _next(10 minutes));
    }

    /// @dev Corrects an older state, or claims when nothing is claimed and the tab is about to end.
    function _answer(bool byOperator, uint64 version) private {
        (uint64 claimed,,,) = tabs.claimOf(buyer, tabKey, address(token));
        if (claimed == 0 || claimed < version) _bring(byOperator, version);
        (claimed,,,) = tabs.claimOf(buyer, tabKey, address(token));
        assertTrue(claimed >= version, "the honest side could not answer");
        vm.warp(block.timestamp + _next(1 hours));
    }

    /// @dev Claims or corrects with a version; what the contract refuses is refused.
    function _bring(bool byOperator, uint64 version) private returns (bool done) {
        (TabState memory state,) = _state(version, _spent[version]);
        bytes memory signature = byOperator ? _byKey(state) : _byOperator(state);
        (,,, uint40 payableFrom) = tabs.claimOf(buyer, tabKey, address(token));
        bytes memory data = payableFrom == 0
            ? abi.encodeCall(ITabs.claim, (state, byOperator, signature))
            : abi.encodeCall(ITabs.challenge, (state, signature));
        vm.prank(byOperator ? operator : buyer);
        (done,) = address(tabs).call(data);
    }

    /// @dev Everything is paid and given back.
    function _end(uint64 version) private {
        (, Payee[] memory payees) = _state(version, _spent[version]);
        vm.warp(block.timestamp + 1 hours);
        tabs.finish(buyer, tabKey, address(token), payees);
        vm.warp(until + 1);
        tabs.release(buyer, tabKey, address(token));
        assertEq(_balance(SHOP_ACCOUNT) + _balance(friend), _spent[version], "paid");
        assertEq(_balance(address(tabs)), 0, "set aside");
    }

    function _next(uint256 below) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed % below;
    }
}
