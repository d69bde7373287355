// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account} from "../../src/account/Account.sol";
import {AccountFactory} from "../../src/account/AccountFactory.sol";
import {Guardian} from "../../src/account/IRecovery.sol";
import {Recovery} from "../../src/account/Recovery.sol";
import {Test} from "../support/Test.sol";

/// @notice One account with a phone as its signer, and three guardians: two people, and a recovery code that is enough alone.
abstract contract RecoveryTest is Test {
    uint32 internal constant DELAY = 2 days;
    uint8 internal constant ALONE = 255;
    uint64 internal constant FOREVER = type(uint64).max;

    address internal immutable phone = person("phone");
    address internal immutable fresh = person("fresh phone");
    address internal immutable ann = person("ann");
    address internal immutable bo = person("bo");
    address internal immutable code = person("recovery code");
    address internal immutable stranger = person("stranger");

    Recovery internal recovery;
    AccountFactory internal factory;
    Account internal account;

    function setUp() public virtual {
        vm.warp(1_900_000_000);
        recovery = new Recovery();
        factory = new AccountFactory(address(new Account(address(recovery))));
        account = _create(_one(phone), 1, 0);
        _protect(_guardians(), 2, DELAY);
    }

    function _create(bytes[] memory signers, uint64 threshold, bytes32 salt) internal returns (Account) {
        return Account(payable(factory.create(signers, threshold, salt)));
    }

    function _guardians() internal view returns (Guardian[] memory guardians) {
        guardians = new Guardian[](3);
        guardians[0] = Guardian(ann, 1);
        guardians[1] = Guardian(bo, 1);
        guardians[2] = Guardian(code, ALONE);
    }

    function _protect(Guardian[] memory guardians, uint16 threshold, uint32 delay) internal {
        vm.prank(address(account));
        recovery.setGuardians(guardians, threshold, delay);
    }

    function _one(address signer) internal pure returns (bytes[] memory signers) {
        signers = new bytes[](1);
        signers[0] = abi.encodePacked(signer);
    }

    function _approve(address guardian) internal {
        vm.prank(guardian);
        recovery.approve(address(account), _one(fresh), 1);
    }

    function _veto(address by) internal {
        vm.prank(by);
        recovery.veto(address(account));
    }

    function _execute() internal {
        recovery.execute(address(account), _one(fresh), 1);
    }

    function _executableAt() internal view returns (uint40 executableAt) {
        (,,,,, executableAt) = recovery.planOf(address(account));
    }

    function _round() internal view returns (uint64 round) {
        (,,, round,,) = recovery.planOf(address(account));
    }

    function _isSigner(address signer) internal view returns (bool) {
        return account.isSigner(abi.encodePacked(signer));
    }

    function _assertRecovered() internal view {
        assertTrue(_isSigner(fresh), "the new phone signs");
        assertTrue(!_isSigner(phone), "the old phone does not");
        assertEq(account.getSignerCount(), 1, "signers");
        assertEq(account.threshold(), 1, "threshold");
        assertEq(_executableAt(), 0, "nothing is pending");
    }

    function _assertUntouched() internal view {
        assertTrue(_isSigner(phone), "the phone signs");
        assertEq(account.getSignerCount(), 1, "signers");
    }

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Kaishi Recovery"),
                keccak256("1"),
                block.chainid,
                address(recovery)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _approvalDigest(bytes[] memory signers, uint64 threshold, uint64 round, uint64 validBefore)
        internal
        view
        returns (bytes32)
    {
        bytes32[] memory hashes = new bytes32[](signers.length);
        for (uint256 i = 0; i < signers.length; ++i) hashes[i] = keccak256(signers[i]);
        return _digest(
            keccak256(
                abi.encode(
                    keccak256(
                        "RecoveryApproval(address account,bytes[] signers,uint64 threshold,uint64 round,uint64 validBefore)"
                    ),
                    address(account),
                    keccak256(abi.encodePacked(hashes)),
                    threshold,
                    round,
                    validBefore
                )
            )
        );
    }

    function _vetoDigest(uint64 round, uint64 validBefore) internal view returns (bytes32) {
        return _digest(
            keccak256(
                abi.encode(
                    keccak256("RecoveryVeto(address account,uint64 round,uint64 validBefore)"),
                    address(account),
                    round,
                    validBefore
                )
            )
        );
    }
}
